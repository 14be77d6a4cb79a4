package org.resilientmail.smtp;

import java.io.IOException;
import java.io.OutputStream;

/** Puts a dot before each line that begins with one (RFC 5321 section 4.5.2). The lines end with CRLF. */
final class DoubledDots extends OutputStream {

    private final OutputStream out;
    private boolean atStart = true;

    DoubledDots(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int start = offset;
        for (int at = offset; at < offset + length; at++) {
            byte one = bytes[at];
            if (atStart && one == '.') {
                out.write(bytes, start, at - start);
                out.write('.');
                start = at;
            }
            atStart = one == '\n';
        }
        out.write(bytes, start, offset + length - start);
    }
}
