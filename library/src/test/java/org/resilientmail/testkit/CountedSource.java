package org.resilientmail.testkit;

import jakarta.activation.DataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Content of a size that nobody knows before it was read, which counts how often it is. Thread-safe. */
public final class CountedSource implements DataSource {

    private final int octets;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicLong read = new AtomicLong();

    /** Of so many octets, made while they are read. */
    public CountedSource(int octets) {
        this.octets = octets;
    }

    /** How often it was opened. */
    public int opened() {
        return opened.get();
    }

    /** How many octets were read, all in all. */
    public long read() {
        return read.get();
    }

    @Override
    public InputStream getInputStream() {
        opened.incrementAndGet();
        return new InputStream() {

            private int at;

            @Override
            public int read() {
                if (at == octets) {
                    return -1;
                }
                read.incrementAndGet();
                return at++ * 31 & 0xff;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        throw new IOException("read only");
    }

    @Override
    public String getContentType() {
        return "application/octet-stream";
    }

    @Override
    public String getName() {
        return "counted.bin";
    }
}
