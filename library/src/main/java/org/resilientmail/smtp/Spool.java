package org.resilientmail.smtp;

import jakarta.mail.util.SharedByteArrayInputStream;
import jakarta.mail.util.SharedFileInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Bytes written once and read as often as wanted: in memory up to a bound, in a temporary file of the owner's beyond
 * it, which is deleted on {@link #close()}. Written in blocks, so that small pieces cost little.
 */
final class Spool extends OutputStream implements Closeable {

    private static final System.Logger LOG = System.getLogger(Spool.class.getName());

    private static final int FIRST = 4096;
    private static final int BLOCK = 1 << 16;

    private final int inMemory;
    /** All of it while there is no file, then what is not in the file yet. */
    private byte[] buffer = new byte[FIRST];

    private int count;
    private Path file;
    private OutputStream fileOut;
    private long written;
    private boolean dots;

    Spool(int inMemory) {
        this.inMemory = inMemory;
    }

    long size() {
        return written + count;
    }

    @Override
    public void write(int b) throws IOException {
        if (count == buffer.length) {
            makeRoom(1);
        }
        buffer[count++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > buffer.length - count) {
            makeRoom(length);
        }
        if (length > buffer.length) {
            fileOut.write(bytes, offset, length);
            written += length;
            return;
        }
        System.arraycopy(bytes, offset, buffer, count, length);
        count += length;
    }

    /** Afterwards there is room for so much, or a file for what is larger than a block. */
    private void makeRoom(int more) throws IOException {
        if (file == null && count + (long) more <= inMemory) {
            buffer = Arrays.copyOf(buffer, Math.min(inMemory, Math.max(2 * buffer.length, count + more)));
            return;
        }
        if (file == null) {
            // Created with access for the owner only.
            file = Files.createTempFile("resilient-mail-", ".eml");
            fileOut = Files.newOutputStream(file);
        }
        fileOut.write(buffer, 0, count);
        written += count;
        count = 0;
        if (buffer.length != BLOCK) {
            buffer = new byte[BLOCK];
        }
    }

    /** Whether some line of what was written begins with a dot. */
    boolean hasDots() {
        return dots;
    }

    /** Ends writing; from now on it can be read. */
    void finish(boolean withDots) throws IOException {
        dots = withDots;
        if (fileOut != null) {
            fileOut.write(buffer, 0, count);
            written += count;
            count = 0;
            buffer = null; // it waits for the relay, perhaps for long
            fileOut.close();
        }
    }

    /** A stream over all of it, of which others can be made that share it; for the caller to close. */
    InputStream open() throws IOException {
        return file == null
                ? new SharedByteArrayInputStream(buffer, 0, count)
                : new SharedFileInputStream(file.toFile(), BLOCK);
    }

    void copyTo(OutputStream out) throws IOException {
        if (file == null) {
            out.write(buffer, 0, count);
            return;
        }
        byte[] block = new byte[BLOCK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                out.write(block, 0, read);
            }
        }
    }

    @Override
    public void close() {
        try {
            if (fileOut != null) {
                fileOut.close();
            }
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
            LOG.log(System.Logger.Level.WARNING, "cannot delete the temporary file of a message: " + why);
        } catch (RuntimeException | Error e) {
            // There is nobody left to tell.
        }
    }
}
