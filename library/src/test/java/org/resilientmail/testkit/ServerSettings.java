package org.resilientmail.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a server behaves as long as no rule says otherwise. Immutable; see {@link ServerBuilder} for what each means.
 *
 * @param greeting the text of the greeting, code included
 * @param extensions the EHLO keywords that are always offered
 * @param users passwords (or bearer tokens) by user; empty for a server without AUTH
 * @param mechanisms the AUTH mechanisms offered
 * @param requireAuth whether MAIL is refused before a login
 * @param startTls whether STARTTLS is offered
 * @param requireTls whether AUTH and MAIL are refused in plain text
 * @param implicitTls whether the conversation starts with a TLS handshake
 * @param maxSize the octets of a message, or 0 for no limit
 * @param messages messages per session
 * @param recipients recipients per message
 * @param sessions sessions at once
 * @param sessionsAt where the number of sessions is checked: {@link Step#CONNECT} or {@link Step#AUTH}
 * @param idle how long a session may stand idle, and what is said then
 * @param lifetime how old a session may become before the next command is refused
 */
record ServerSettings(
        String greeting,
        List<String> extensions,
        Map<String, String> users,
        List<String> mechanisms,
        boolean requireAuth,
        boolean startTls,
        boolean requireTls,
        boolean implicitTls,
        long maxSize,
        Limit messages,
        Limit recipients,
        Limit sessions,
        Step sessionsAt,
        Patience idle,
        Patience lifetime) {

    /** A number and what is said when it is exceeded. */
    record Limit(int max, String reply) {
        static final Limit NONE = new Limit(Integer.MAX_VALUE, "421 4.7.0 Too much");
    }

    /** A time and what is said when it is over; an empty reply for closing without a word. Zero for no limit. */
    record Patience(Duration time, String reply) {
        static final Patience ENDLESS = new Patience(Duration.ZERO, "");

        boolean isEndless() {
            return time.isZero();
        }
    }
}
