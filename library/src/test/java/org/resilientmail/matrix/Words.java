package org.resilientmail.matrix;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The replies of one kind, out of which the seed draws. */
enum Words {
    /** What the step's reply is anyway. */
    ORDINARY(),
    TRANSIENT(
            "451 4.3.0 Try again later",
            "450 4.2.1 Mailbox busy",
            "450 4.7.1 Rate limit exceeded, try again in 92 seconds",
            "452 4.3.1 Insufficient system storage",
            "452 4.5.3 Too many recipients",
            "454 4.7.0 Temporary authentication failure",
            "451-4.7.1 Greylisted,\n451 4.7.1 please come again"),
    PERMANENT(
            "550 5.7.1 Refused",
            "554 5.7.1 Message rejected as spam",
            "550 5.1.1 User unknown",
            "552 5.3.4 Message too big",
            "535 5.7.8 Authentication credentials invalid",
            "530 5.7.0 Must issue a STARTTLS command first",
            "503 5.5.1 Bad sequence of commands",
            "550 5.4.5 Daily sending quota exceeded",
            "502 5.5.1 Command not implemented"),
    CLOSING(
            "421 4.3.2 Service shutting down",
            "421 4.4.2 Idle for too long, closing connection",
            "421 4.7.0 Too many messages in this connection",
            "421 4.7.0 Too many concurrent connections",
            "421-4.3.0 Closing\n421 4.3.0 for reasons of our own",
            "421"),
    SUCCESS("250 2.0.0 Ok", "252 2.0.0 Well", "220 Hello again", "250-2.0.0 One\n250 2.0.0 Two", "235 2.7.0 Welcome"),
    INTERMEDIATE("354 Go on", "334 ", "199 Wait", "334 VXNlcm5hbWU6"),
    MALFORMED("250OK", "2500 Ok", "600 What", "2x0 Ok", "550-No\n250 2.0.0 Yes", "000 Zero", "-250 Ok"),
    /** Already in the buffer when its command is sent, or in plain text where TLS is spoken. */
    STALE(
            "421 4.4.2 Idle for too long, closing connection",
            "421 4.3.2 Service shutting down",
            "250 2.0.0 Ok",
            "354 Go on",
            "550 5.7.1 Refused");

    private final List<String> replies;

    Words(String... replies) {
        this.replies = List.of(replies);
    }

    boolean fitWithinBody() {
        return this == ORDINARY || this == TRANSIENT || this == PERMANENT || this == CLOSING;
    }

    Optional<String> draw(Random random) {
        return replies.isEmpty() ? Optional.empty() : Optional.of(replies.get(random.nextInt(replies.size())));
    }
}
