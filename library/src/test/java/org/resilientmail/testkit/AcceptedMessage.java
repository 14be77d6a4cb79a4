package org.resilientmail.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A message for which the server has taken responsibility, as it would lie in its queue. Immutable. */
public final class AcceptedMessage {

    private final int number;
    private final int session;
    private final int message;
    private final String user;
    private final String sender;
    private final String senderParameters;
    private final List<String> recipients;
    private final byte[] content;
    private final long nanoTime;

    AcceptedMessage(int number, Encounter encounter, Transaction transaction, long nanoTime) {
        this.number = number;
        this.session = encounter.session();
        this.message = encounter.message();
        this.user = encounter.user();
        this.sender = transaction.sender();
        this.senderParameters = transaction.senderParameters();
        this.recipients = transaction.recipients();
        this.content = transaction.content();
        this.nanoTime = nanoTime;
    }

    /** Its number on this server, in the order of acceptance, from 1. */
    public int number() {
        return number;
    }

    /** The session it came over, from 1. */
    public int session() {
        return session;
    }

    /** Its number within that session, from 1. */
    public int message() {
        return message;
    }

    /** Who had logged in; empty for nobody. */
    public String user() {
        return user;
    }

    /** The envelope sender; empty for the null sender. */
    public String sender() {
        return sender;
    }

    /** What followed the sender on the MAIL command, such as {@code SIZE=412 RET=HDRS}; may be empty. */
    public String senderParameters() {
        return senderParameters;
    }

    /** The recipients accepted, in the order of their RCPT commands, a repeated one as often as it was given. */
    public List<String> recipients() {
        return recipients;
    }

    /** The octets of the message; after DATA with the leading dots taken off again. A copy. */
    public byte[] content() {
        return content.clone();
    }

    /** The message as text, one character per octet. */
    public String text() {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    /** When it was accepted, by {@link System#nanoTime()}. */
    public long nanoTime() {
        return nanoTime;
    }

    /** The first header of this name, unfolded, without spaces around it. */
    public Optional<String> header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        StringBuilder value = null;
        for (String line : (Iterable<String>) text().lines()::iterator) {
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            if (value != null && folded) {
                value.append(' ').append(line.strip());
            } else if (value != null || line.isEmpty()) {
                break;
            } else if (line.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                value = new StringBuilder(line.substring(prefix.length()).strip());
            }
        }
        return Optional.ofNullable(value).map(StringBuilder::toString);
    }

    /**
     * What tells this message from others, whatever becomes of its Message-ID: the mark of {@link Messages}, else the
     * Message-ID, else its number here.
     */
    public String id() {
        return header(Messages.MARK).or(() -> header("Message-ID")).orElse("#" + number);
    }

    @Override
    public String toString() {
        return "message " + number + " (" + id() + ") over session " + session + " from <" + sender + "> to "
                + recipients + ", " + content.length + " octets";
    }
}
