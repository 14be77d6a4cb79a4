package org.resilientmail.testkit;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Octets that have come and have not been taken yet. Thread-safe. */
final class ReadBuffer {

    private byte[] octets = new byte[8192];
    private int start;
    private int end;

    synchronized boolean isEmpty() {
        return start == end;
    }

    synchronized void clear() {
        start = 0;
        end = 0;
    }

    synchronized void append(byte[] received, int length) {
        if (isEmpty()) {
            clear();
        }
        if (end + length > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, end + length));
        }
        System.arraycopy(received, 0, octets, end, length);
        end += length;
    }

    /** Takes what there is up to and including a line feed; returns whether there was one. */
    synchronized boolean takeLineInto(ByteArrayOutputStream line) {
        int from = start;
        boolean complete = false;
        while (start < end && !complete) {
            complete = octets[start++] == '\n';
        }
        line.write(octets, from, start - from);
        return complete;
    }

    /** Takes at most so many. */
    synchronized byte[] take(int atMost) {
        int length = Math.min(atMost, end - start);
        start += length;
        return Arrays.copyOfRange(octets, start - length, start);
    }
}
