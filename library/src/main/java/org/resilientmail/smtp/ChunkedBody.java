package org.resilientmail.smtp;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Cuts a message of known size into the chunks of BDAT (RFC 3030 section 2). The octets go as they are: nothing is put
 * before a dot, which nobody would take away again. Nothing is buffered.
 */
final class ChunkedBody extends OutputStream {

    /** Where chunks begin and go. */
    interface Carrier {

        /** Announces the next chunk, once nothing is to be said against those before it. */
        void begin(long octets, boolean last) throws IOException;

        /** Takes the announced octets. */
        void carry(byte[] bytes, int offset, int length) throws IOException;
    }

    private final Carrier carrier;
    private final long chunk;
    private long remaining;
    private long inChunk;
    private boolean begun;

    ChunkedBody(long octets, long chunk, Carrier carrier) {
        this.remaining = octets;
        this.chunk = chunk;
        this.carrier = carrier;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            if (inChunk == 0) {
                beginNext();
            }
            int now = (int) Math.min(end - from, inChunk);
            carrier.carry(bytes, from, now);
            from += now;
            inChunk -= now;
        }
    }

    private void beginNext() throws IOException {
        if (begun && remaining == 0) {
            throw new IOException("The message is longer than it was");
        }
        inChunk = Math.min(remaining, chunk);
        remaining -= inChunk;
        begun = true;
        carrier.begin(inChunk, remaining == 0);
    }

    /** Everything was written. */
    void finish() throws IOException {
        if (!begun) {
            beginNext();
        }
        if (remaining > 0 || inChunk > 0) {
            throw new IOException("The message is shorter than it was");
        }
    }
}
