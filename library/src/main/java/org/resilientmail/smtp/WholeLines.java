package org.resilientmail.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Puts lines into the form of RFC 5321 section 2.3.8, as Angus does: each ends with CRLF, whatever it ended with. What is
 * in that form already goes on as it came, in one piece. The last line ends, too: DATA cannot do without, and by BDAT the
 * message is to be the same.
 */
class WholeLines extends OutputStream {

    private static final byte[] LINE_END = {'\r', '\n'};

    /** One more than CR, which is the higher one, in each octet: what is lower borrows from the highest bit. */
    private static final long ABOVE = 0x0e0e0e0e0e0e0e0eL;

    private static final long HIGH_BITS = 0x8080808080808080L;

    private final OutputStream out;
    private ByteBuffer latest;
    private boolean afterReturn;
    private boolean atStart = true;
    private boolean dots;

    WholeLines(OutputStream out) {
        this.out = out;
    }

    /** Whether a line begins with a dot. */
    final boolean hasDots() {
        return dots;
    }

    @Override
    public final void write(int b) throws IOException {
        byte one = (byte) b;
        if (one == '\r') {
            out.write(LINE_END);
        } else if (one != '\n') {
            dots |= atStart && one == '.';
            out.write(one);
        } else if (!afterReturn) {
            out.write(LINE_END);
        }
        afterReturn = one == '\r';
        atStart = one == '\r' || one == '\n';
    }

    @Override
    public final void write(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        int end = offset + length;
        // The line feed of a line end that was written already.
        int at = afterReturn && bytes[offset] == '\n' ? offset + 1 : offset;
        int start = at;
        ByteBuffer eights = byEight(bytes);
        dots |= atStart && at < end && bytes[at] == '.';
        for (at = nextControl(eights, at, end); at < end; at = nextControl(eights, at, end)) {
            byte one = bytes[at++];
            if (one == '\r' && at < end && bytes[at] == '\n') {
                at++;
            } else if (one == '\r' || one == '\n') {
                out.write(bytes, start, at - 1 - start);
                out.write(LINE_END);
                start = at;
            } else {
                continue;
            }
            dots |= at < end && bytes[at] == '.';
        }
        if (start < end) {
            out.write(bytes, start, end - start);
        }
        byte last = bytes[end - 1];
        afterReturn = last == '\r';
        atStart = last == '\r' || last == '\n';
    }

    /**
     * Not by a VarHandle, which takes a young JVM longer to make than all of a message; and made once for all that an
     * encoder writes from its one buffer.
     */
    private ByteBuffer byEight(byte[] bytes) {
        if (latest == null || latest.array() != bytes) {
            latest = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        }
        return latest;
    }

    /** Where the next octet is that may be part of a line end. Looks at eight at a time: this sees all of every message. */
    private static int nextControl(ByteBuffer bytes, int from, int end) {
        int at = from;
        while (at + Long.BYTES <= end) {
            long eight = bytes.getLong(at);
            if ((eight - ABOVE & ~eight & HIGH_BITS) != 0) {
                break;
            }
            at += Long.BYTES;
        }
        while (at < end && (bytes.get(at) > '\r' || bytes.get(at) < 0)) {
            at++;
        }
        return at;
    }

    /** Ends the last line. */
    final void end() throws IOException {
        if (!atStart) {
            out.write(LINE_END);
            atStart = true;
        }
    }
}
