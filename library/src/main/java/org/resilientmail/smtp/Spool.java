package org.resilientmail.smtp;

import jakarta.mail.util.SharedByteArrayInputStream;
import jakarta.mail.util.SharedFileInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes written once and read as often as wanted: in memory up to a bound, in a temporary file of the owner's beyond
 * it, which is deleted on {@link #close()}, as far as there is a disk with room. Written in blocks, so that small pieces cost little.
 */
final class Spool extends OutputStream implements Closeable {

    private static final int FIRST = 4096;
    private static final int BLOCK = 1 << 16;

    private final int inMemory;
    private final Disk disk;
    /** Full ones, while there is no file. */
    private final List<byte[]> blocks = new ArrayList<>();
    /** What follows them, or what the file has. */
    private byte[] buffer = new byte[FIRST];

    private int count;
    private long before;
    private Path file;
    private OutputStream fileOut;
    private boolean diskRefused;
    private boolean dots;

    Spool(int inMemory) {
        this(inMemory, Files::newOutputStream);
    }

    Spool(int inMemory, Disk disk) {
        this.inMemory = inMemory;
        this.disk = disk;
    }

    /** What a file is written to; tests have a full one. */
    interface Disk {
        OutputStream open(Path file) throws IOException;
    }

    long size() {
        return before + count;
    }

    @Override
    public void write(int b) throws IOException {
        if (count == buffer.length) {
            makeRoom();
        }
        buffer[count++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (count == buffer.length) {
                makeRoom();
            }
            int now = Math.min(left, buffer.length - count);
            System.arraycopy(bytes, from, buffer, count, now);
            count += now;
            from += now;
            left -= now;
        }
    }

    /** The block is full: it is kept, or goes to the file, and so do all if there is one too many. */
    private void makeRoom() throws IOException {
        if (before + count >= inMemory && !diskRefused && isWritten()) {
            before += count;
            count = 0;
            return;
        }
        before += count;
        count = 0;
        blocks.add(buffer);
        buffer = new byte[Math.min(BLOCK, 2 * buffer.length)];
    }

    /**
     * Whether what the buffer has, and all before it, is in the file now. Where there is no room on a disk, or none any
     * more, all stays in memory: nothing else about sending asks for a disk.
     */
    private boolean isWritten() throws IOException {
        try {
            if (file == null) {
                // Created with access for the owner only.
                file = Files.createTempFile("resilient-mail-", ".eml");
                fileOut = disk.open(file);
                for (byte[] block : blocks) {
                    fileOut.write(block);
                }
            }
            fileOut.write(buffer, 0, count);
            blocks.clear();
            return true;
        } catch (IOException | SecurityException e) {
            diskRefused = true;
            takeBack();
            return false;
        }
    }

    private void takeBack() throws IOException {
        try {
            long left = blocks.isEmpty() && file != null ? before : 0;
            if (left > 0) {
                try (InputStream in = Files.newInputStream(file)) {
                    while (left > 0) {
                        byte[] block = in.readNBytes((int) Math.min(BLOCK, left));
                        if (block.length == 0) {
                            throw new EOFException("a temporary file lost what was written to it");
                        }
                        blocks.add(block);
                        left -= block.length;
                    }
                }
            }
        } finally {
            close();
            fileOut = null;
        }
    }

    /** Whether some line of what was written begins with a dot. */
    boolean hasDots() {
        return dots;
    }

    /** Ends writing; from now on it can be read. */
    void finish(boolean withDots) throws IOException {
        dots = withDots;
        if (fileOut != null && isWritten()) {
            before += count;
            count = 0;
            buffer = null; // it waits for the relay, perhaps for long
            fileOut.close();
        }
    }

    /** A stream over all of it, of which others can be made that share it; for the caller to close. */
    InputStream open() throws IOException {
        if (file != null) {
            return new SharedFileInputStream(file.toFile(), BLOCK);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream((int) size());
        copyTo(whole);
        return new SharedByteArrayInputStream(whole.toByteArray());
    }

    void copyTo(OutputStream out) throws IOException {
        for (byte[] block : blocks) {
            out.write(block);
        }
        if (file == null) {
            out.write(buffer, 0, count);
            return;
        }
        byte[] block = new byte[BLOCK];
        long left = size();
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                out.write(block, 0, read);
                left -= read;
            }
        }
        if (left != 0) {
            // By DATA nobody else would notice, and the relay would take it for the whole message.
            throw new IOException("The temporary file of the message was changed by somebody else");
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
            System.getLogger(Spool.class.getName()) // not before: logging is the application's to begin
                    .log(System.Logger.Level.WARNING, "cannot delete the temporary file of a message: " + why);
        } catch (RuntimeException | Error e) {
            // There is nobody left to tell.
        }
    }
}
