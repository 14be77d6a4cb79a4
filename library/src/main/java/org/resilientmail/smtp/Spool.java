package org.resilientmail.smtp;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
            fileOut = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
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

    /** A stream over all of it, for the caller to close. */
    InputStream open() throws IOException {
        return file == null
                ? new ByteArrayInputStream(memory.toByteArray())
                : new BufferedInputStream(Files.newInputStream(file), 1 << 16);
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
                leaveForLater(e);
            } finally {
                file = null;
            }
        }
    }

    /**
     * Held by a virus scanner, for instance. The message may have been accepted by now: that its file stays for a while
     * must not look like a failure to send it, and neither must a log handler that throws, or the end of the JVM.
     */
    private void leaveForLater(IOException why) {
        try {
            file.toFile().deleteOnExit();
            System.getLogger(Spool.class.getName()) // not before: logging is the application's to begin
                    .log(System.Logger.Level.WARNING, "cannot delete the temporary file of a message: " + why);
        } catch (RuntimeException | Error e) {
            // There is nobody left to tell.
        }
    }
}
