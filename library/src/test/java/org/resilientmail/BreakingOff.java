package org.resilientmail;

import jakarta.activation.DataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;

/** Content that fails after some of it was read. */
final class BreakingOff implements DataSource {

    @Override
    public InputStream getInputStream() {
        return new SequenceInputStream(new ByteArrayInputStream(new byte[5000]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        });
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
        return "report.bin";
    }
}
