package org.resilientmail.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/**
 * What the relay says, in plain text, above TLS where there is TLS, and given out one line at a time: whoever reads by
 * lines has nothing left over after one. So it is known at any moment whether something lies there that nobody asked
 * for, whether a reply was cut off by the end of the stream, and that nothing said before TLS is read within it. Read by
 * one thread.
 *
 * <p>Only a line feed ends a line (RFC 5321 section 2.3.8). A bare CR, which Angus takes for a line end as well, becomes
 * a space, so that one line does not turn into two replies.
 */
final class ReplyStream extends InputStream {

    /** What a relay may say at a time. The largest replies that mean anything, those to EHLO, have a few hundred bytes. */
    static final int MAX_REPLY = 1 << 20;

    private final byte[] buffer = new byte[2048];
    private InputStream source;
    private int at;
    private int end;
    private long given;
    private boolean ended;
    private long askedAt;
    private boolean heldWhenAsked;
    private boolean moreWhenAsked;
    private boolean asked;
    private boolean whateverComes;

    ReplyStream(InputStream source) {
        this.source = source;
    }

    /** Reads from another stream from now on; what the one before has left is dropped. */
    void continueWith(InputStream next) {
        source = next;
        at = 0;
        end = 0;
    }

    /** A command is about to be sent. */
    void asking() {
        asked = true;
        askedAt = given;
        heldWhenAsked = at < end;
        moreWhenAsked = moreHasCome();
    }

    /**
     * Whether something has come that was not read yet; within TLS that is not always known: what lies below may be
     * something TLS has to say for itself, such as a ticket.
     */
    private boolean moreHasCome() {
        try {
            return source.available() > 0;
        } catch (IOException e) {
            return false; // reading will tell
        }
    }

    /** The reply to the next command is read, which was sent together with the one before. */
    void next() {
        askedAt = given;
    }

    /** Whether something has come that was not read, as far as can be seen without waiting. */
    boolean holdsMore() {
        return at < end || moreHasCome();
    }

    /** Whether the relay has neither said anything unasked nor left; waits for that as long as the socket lets it. */
    boolean isQuiet() throws IOException {
        if (holdsMore()) {
            return false;
        }
        try {
            fill();
            return false;
        } catch (SocketTimeoutException nothing) {
            return true;
        }
    }

    /** Whether more than what was read had come already when the last command was sent: perhaps this very reply. */
    boolean mayHaveBeenThere() {
        return asked && moreWhenAsked;
    }

    /** Whether an interrupt must not end the wait; see {@link PlatformReads}. */
    void waitWhateverComes(boolean yes) {
        whateverComes = yes;
    }

    /** Whether what was read since the last command began to come only after it; also while no command was sent. */
    boolean isAnswer() {
        return !asked || !heldWhenAsked && given != askedAt;
    }

    /** Whether the end of the stream was read. */
    boolean hasEnded() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = 0;
        boolean lineEnd = false;
        while (read < length && !lineEnd && (at < end || read == 0 && fill())) {
            if (buffer[at] == '\r' && at + 1 == end && (read > 0 || !more())) {
                break; // what a CR is, the next byte tells
            }
            byte b = buffer[at] == '\r' && buffer[at + 1] != '\n' ? (byte) ' ' : buffer[at];
            at++;
            bytes[offset + read++] = b;
            lineEnd = b == '\n';
        }
        given += read;
        if (given - askedAt > MAX_REPLY) {
            throw new IOException("The relay's reply is longer than " + MAX_REPLY + " bytes");
        }
        return read > 0 || length == 0 ? read : -1;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = 0;
        return more();
    }

    /** Appends what comes next; at most one byte, a CR, stays from before. */
    private boolean more() throws IOException {
        if (at > 0) {
            buffer[0] = buffer[at];
            end -= at;
            at = 0;
        }
        int read = whateverComes && PlatformReads.areNeeded()
                ? PlatformReads.read(source, buffer, end, buffer.length - end)
                : source.read(buffer, end, buffer.length - end);
        ended |= read < 0;
        end += Math.max(0, read);
        return read > 0;
    }
}
