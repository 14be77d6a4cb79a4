package org.resilientmail.smtp;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What we say to the relay. While it is held, what is written leaves together: in one segment, or one record of TLS, as
 * far as it fits into one. Used by one thread.
 */
final class GatheredOutput extends OutputStream {

    /** The most that a record of TLS carries (RFC 8446 section 5.1). */
    private static final int RECORD = 1 << 14;

    private OutputStream out;
    private byte[] held;
    private int count;
    private boolean holding;

    GatheredOutput(OutputStream out) {
        this.out = out;
    }

    /** Writes to another stream from now on. */
    void continueWith(OutputStream next) {
        out = next;
    }

    boolean isHolding() {
        return holding;
    }

    /** From now on what is written waits, up to a record. */
    void hold() {
        if (held == null) {
            held = new byte[RECORD];
        }
        holding = true;
    }

    /** Sends what waits. */
    void send() throws IOException {
        holding = false;
        int waiting = count;
        count = 0;
        if (waiting > 0) {
            out.write(held, 0, waiting);
        }
        out.flush();
    }

    /** Forgets what waits. */
    void drop() {
        holding = false;
        count = 0;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!holding) {
            out.write(bytes, offset, length);
            return;
        }
        int from = offset;
        int end = offset + length;
        while (from < end) {
            if (count == 0 && end - from >= RECORD) {
                int whole = (end - from) / RECORD * RECORD; // nothing to gather
                out.write(bytes, from, whole);
                from += whole;
                continue;
            }
            int now = Math.min(end - from, RECORD - count);
            System.arraycopy(bytes, from, held, count, now);
            count += now;
            from += now;
            if (count == RECORD) {
                count = 0;
                out.write(held, 0, RECORD);
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (!holding) {
            out.flush();
        }
    }
}
