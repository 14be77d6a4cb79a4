package org.resilientmail.smtp;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes written once and read as often as wanted: in memory up to a bound, in a temporary file of the owner's beyond
 * it, which is deleted on {@link #close()}.
 */
final class Spool extends OutputStream implements Closeable {

    private final int inMemory;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream(4096);
    private Path file;
    private OutputStream fileOut;
    private long size;

    Spool(int inMemory) {
        this.inMemory = inMemory;
    }

    long size() {
        return size;
    }

    @Override
    public void write(int b) throws IOException {
        room(1).write(b);
        size++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        room(length).write(bytes, offset, length);
        size += length;
    }

    private OutputStream room(int more) throws IOException {
        if (file == null && size + more > inMemory) {
            // Created with access for the owner only.
            file = Files.createTempFile("resilient-mail-", ".eml");
            fileOut = new java.io.BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
            memory.writeTo(fileOut);
            memory = null;
        }
        return file == null ? memory : fileOut;
    }

    /** Ends writing; from now on it can be read. */
    void finish() throws IOException {
        if (fileOut != null) {
            fileOut.close();
        }
    }

    void copyTo(OutputStream out) throws IOException {
        if (file == null) {
            memory.writeTo(out);
        } else {
            try (var in = Files.newInputStream(file)) {
                in.transferTo(out);
            }
        }
    }

    @Override
    public void close() {
        try {
            finish();
        } catch (IOException e) {
            // What could not be written is not wanted any more.
        } finally {
            delete();
        }
    }

    private void delete() {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete the temporary file of a message", e);
            } finally {
                file = null;
            }
        }
    }
}
