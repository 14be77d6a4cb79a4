package org.resilientmail;

import jakarta.mail.MessagingException;
import java.util.Locale;
import java.util.Set;
import org.resilientmail.pool.CloseReason;
import org.resilientmail.pool.Lease;
import org.resilientmail.smtp.SmtpSession;

/**
 * A command of the application's own, issued on one of the pooled sessions. Which one is not said: commands that change
 * a session's state are not for a pool.
 */
final class ApplicationCommand {

    private static final Set<String> HARMLESS = Set.of("NOOP", "RSET", "VRFY", "EXPN", "HELP");

    private ApplicationCommand() {}

    /** Issues the command; the session is kept only if it is certain to be afterwards what it was before. */
    static LastReply issue(Relay relay, String command) throws MessagingException {
        long deadline = relay.route().deadline();
        Lease<SmtpSession> lease = relay.leaseForCommand(deadline);
        try {
            int code = lease.session().command(command, relay.route().leftUntil(deadline));
            LastReply reply = new LastReply(lease.session().lastResponse(), code);
            if (code >= 200 && code != 421 && leavesNoTrace(command)) {
                lease.giveBack();
            }
            return reply;
        } finally {
            lease.discard(CloseReason.FAILURE); // without effect when it was given back
        }
    }

    /** Whether the session is after a command what it was before: any other may have begun a transaction. */
    private static boolean leavesNoTrace(String command) {
        return HARMLESS.contains(command.strip().split(" ", 2)[0].toUpperCase(Locale.ROOT));
    }
}
