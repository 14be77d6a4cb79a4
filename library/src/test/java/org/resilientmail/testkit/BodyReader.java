package org.resilientmail.testkit;

import java.io.IOException;

/** Reads a message off the wire, by DATA (RFC 5321 section 4.5.2) or by BDAT (RFC 3030). For one thread. */
final class BodyReader {

    /** Is told how much has come. */
    interface Progress {
        /** Returns whether the message has been answered already, so that the rest is read but not kept. */
        boolean at(long octets) throws IOException;
    }

    private final Wire wire;
    private final Progress progress;
    private long octets;
    private boolean answered;

    BodyReader(Wire wire, Progress progress) {
        this.wire = wire;
        this.progress = progress;
    }

    /** Reads up to the final dot; returns whether the message still wants its reply. */
    boolean readDotted(Transaction into) throws IOException {
        boolean lineStart = true;
        while (true) {
            byte[] line = wire.readRawLine();
            boolean complete = line.length > 1 && line[line.length - 2] == '\r' && line[line.length - 1] == '\n';
            if (line.length == 0 || line[line.length - 1] != '\n') {
                throw new SessionOver("the client left in the middle of the message");
            }
            if (lineStart && complete && line.length == 3 && line[0] == '.') {
                return !answered;
            }
            int stuffed = lineStart && line[0] == '.' ? 1 : 0;
            if (!answered) {
                into.append(line, stuffed, line.length - stuffed);
            }
            // Only CRLF ends a line: a dot after a bare LF is content.
            lineStart = complete;
            advance(line.length);
        }
    }

    /** Reads so many octets; returns whether the chunk still wants its reply. */
    boolean readChunk(Transaction into, long length) throws IOException {
        long left = length;
        while (left > 0) {
            byte[] some = wire.readSome((int) Math.min(left, 1024));
            if (some.length == 0) {
                throw new SessionOver("the client left in the middle of the message");
            }
            left -= some.length;
            if (into != null && !answered) {
                into.append(some, 0, some.length);
            }
            advance(some.length);
        }
        return !answered;
    }

    private void advance(int length) throws IOException {
        octets += length;
        if (!answered) {
            answered = progress.at(octets);
        }
    }
}
