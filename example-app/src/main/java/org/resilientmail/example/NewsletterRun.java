package org.resilientmail.example;

import com.icegreen.greenmail.store.FolderException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.resilientmail.ResilientMail;
import org.resilientmail.example.relay.RelayReport;

/**
 * One run of the batch.
 *
 * @param scenario who gets what
 * @param sender the author and envelope sender
 * @param threads sending threads
 * @param sessions makes the mail session for an account
 * @param progress makes the display, given the relay and the number of messages
 */
record NewsletterRun(
        Scenario scenario,
        InternetAddress sender,
        int threads,
        Sessions sessions,
        BiFunction<Account, Integer, Progress> progress) {

    /** The way a session is made, and so what sends. */
    @FunctionalInterface
    interface Sessions {
        Session open(Account account);
    }

    /** Sends to a relay in this process, and looks into the mailboxes. */
    RunReport embedded() throws IOException, MessagingException, FolderException, InterruptedException {
        try (EmbeddedRelay relay = EmbeddedRelay.start(sender.getAddress(), scenario.troubles())) {
            Sent sent = send(relay.account());
            MailboxCheck check = MailboxCheck.of(sent.results, relay.mailboxes());
            return sent.report(scenario.missing(), Optional.of(relay.report()), Optional.of(check));
        }
    }

    /** Sends to a relay elsewhere, whose mailboxes are out of sight. */
    RunReport real(Account account) throws InterruptedException {
        return send(account).report(Set.of(), Optional.empty(), Optional.empty());
    }

    private Sent send(Account account) throws InterruptedException {
        Session session = sessions.open(account);
        List<Mailing> mailings = Newsletter.compose(scenario.issues(), scenario.announced());
        Tally tally = new Tally();
        ResilientMail.addListener(tally);
        try (Progress shown = progress.apply(account, mailings.size())) {
            long start = System.nanoTime();
            List<SendResult> results = new Batch(session, sender, threads).send(mailings, shown);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            // Before the counts are read, so that the last sessions are among those closed.
            ResilientMail.closeAll();
            return new Sent(results, took, tally.counts());
        } finally {
            ResilientMail.removeListener(tally);
        }
    }

    private record Sent(List<SendResult> results, Duration took, Tally.Counts counts) {

        RunReport report(Set<String> missing, Optional<RelayReport> relay, Optional<MailboxCheck> check) {
            return new RunReport(results, missing, took, counts, relay, check);
        }
    }
}
