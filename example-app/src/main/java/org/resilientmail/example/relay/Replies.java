package org.resilientmail.example.relay;

/** The refusals of the relay. Those the provider publishes are here in its very words. */
final class Replies {

    static final String CREDENTIALS_INVALID = "535 5.7.8 Authentication credentials invalid";
    static final String LOGIN_BLOCKED = "535 5.7.8 Authentication blocked due to too many failed attempts";
    static final String LOGIN_REQUIRED = "530 5.7.0 Authentication required";
    static final String QUOTA_EXCEEDED = "452 4.2.2 Quota exceeded for the current period";
    static final String TOO_MANY_SESSIONS = "454 4.7.0 Too many active sessions for user";
    static final String BAD_SENDER = "501 5.5.4 Bad sender address syntax";
    static final String BAD_RECIPIENT = "501 5.5.4 Recipient rejected: bad recipient address syntax";
    static final String TOO_LARGE = "523 5.3.4 Message size exceeds fixed maximum message size";
    static final String BAD_MIME = "550 5.6.0 Failed to parse MIME structure";
    static final String SEVERAL_FROM = "554 5.6.0 Multiple header From: addresses is not supported";
    static final String FOREIGN_FROM = "554 5.6.0 Header From: address domain does not match authenticated user domain";
    static final String CANNOT_RELAY = "421 4.4.2 Temporary local problem: unable to relay message";
    static final String CANNOT_CONNECT = "421 4.4.2 Temporary local problem: unable to connect to upstream relay";
    static final String IDLE = "421 4.7.0 Closing connection due to inactivity";
    static final String LIFETIME = "421 4.7.0 Session lifetime exceeded, closing connection";
    static final String TOO_MANY_MESSAGES = "421 4.7.0 Too many messages per session, closing connection";

    // The provider's document does not give words for these; other relays say this.
    static final String NO_SUCH_MAILBOX = "550 5.1.1 Recipient address rejected: mailbox does not exist";
    static final String UNKNOWN_COMMAND = "500 5.5.2 Command not recognized";
    static final String BAD_SYNTAX = "501 5.5.2 Syntax error in parameters";
    static final String BAD_SEQUENCE = "503 5.5.1 Bad sequence of commands";
    static final String UNKNOWN_MECHANISM = "504 5.5.4 Authentication mechanism not supported";
    static final String LOGIN_CANCELLED = "501 5.7.0 Authentication cancelled";

    private Replies() {}

    static String tooManyRecipients(int limit) {
        return "452 4.5.3 Too many recipients (max " + limit + " per message)";
    }

    static String greylisted(long seconds) {
        return "451 4.7.1 Greylisted, please try again in " + seconds + " seconds";
    }

    static String throttled(long seconds) {
        return "450 4.7.1 Message rate exceeded, please try again in " + seconds + " seconds";
    }
}
