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

    /** What is no larger goes in one chunk. */
    private static final int ONE_CHUNK = 1 << 22;

    /** The last chunk of what is larger: only while it is written, it may be in doubt whether the relay has it all. */
    private static final int LAST_CHUNK = 1 << 20;

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

    /** One chunk or two: before the last one leaves, the relay has taken all the others, and each costs a round trip. */
    static long usualChunk(long octets) {
        return octets > ONE_CHUNK ? octets - LAST_CHUNK : ONE_CHUNK;
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
