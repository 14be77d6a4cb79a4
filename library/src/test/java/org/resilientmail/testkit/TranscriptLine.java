package org.resilientmail.testkit;

/**
 * One line of a session's transcript. Immutable.
 *
 * @param from who it comes from
 * @param text a command or reply without its line end; credentials masked, messages replaced by their size
 * @param nanoTime when, by {@link System#nanoTime()}
 */
public record TranscriptLine(Source from, String text, long nanoTime) {

    /** Where a line of a transcript comes from. */
    public enum Source {
        /** A command, or a line that takes its place. */
        CLIENT("C: "),
        /** A reply, or whatever the server wrote in its place. */
        SERVER("S: "),
        /** A remark on what happened without words: a fault, a handshake, the end of the connection. */
        REMARK("*  ");

        private final String prefix;

        Source(String prefix) {
            this.prefix = prefix;
        }
    }

    @Override
    public String toString() {
        return from.prefix + text;
    }
}
