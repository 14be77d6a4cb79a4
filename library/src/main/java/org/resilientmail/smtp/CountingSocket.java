package org.resilientmail.smtp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * A socket that tells whether anything came in, and whether the peer has ended its side: a "reply" that was there before
 * its command was sent, or that was cut off by the end of the stream, is none. What comes is not looked at, so that it
 * works below TLS as well. Read by one thread at a time.
 */
final class CountingSocket extends Socket {

    private volatile long received;
    private volatile boolean ended;

    /** Bytes received so far, those of TLS included. */
    long received() {
        return received;
    }

    /** Whether the end of the stream was read. */
    boolean hasEnded() {
        return ended;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Counting(super.getInputStream());
    }

    private void count(int read) {
        if (read < 0) {
            ended = true;
        } else {
            received = received + read;
        }
    }

    private final class Counting extends FilterInputStream {

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? b : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(read);
            return read;
        }
    }
}
