package org.resilientmail.example;

import com.icegreen.greenmail.store.FolderException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.resilientmail.ResilientMail;
import org.resilientmail.config.ConfigurationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Sends the newsletter, shows what came of it, and says by its exit code whether all is well. */
@Command(
        name = "resilient-mail-example",
        description = {
            "Sends a newsletter over real SMTP through resilient-mail, and checks that everyone has it once.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everyone who can be reached has the message exactly once",
            "1:something was lost or arrived twice",
            "2:the command line, or a file it names, cannot be used"
        })
final class NewsletterCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Mixin
    private Options options;

    @Spec
    private CommandSpec spec;

    NewsletterCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, MessagingException, FolderException, InterruptedException {
        options.check();
        Scenario scenario = options.scenario();
        InternetAddress sender = options.sender();
        RunReport report = options.host == null ? embedded(scenario, sender) : real(scenario, sender);
        new ResultTable(out()).print(report);
        return report.succeeded() ? 0 : 1;
    }

    private RunReport embedded(Scenario scenario, InternetAddress sender)
            throws IOException, MessagingException, FolderException, InterruptedException {
        try (EmbeddedRelay relay = EmbeddedRelay.start(sender.getAddress(), scenario.troubles())) {
            RunReport sent = send(scenario, sender, relay.account());
            return new RunReport(
                    sent.results(),
                    scenario.missing(),
                    sent.took(),
                    sent.library(),
                    Optional.of(relay.report()),
                    Optional.of(MailboxCheck.of(sent.results(), relay.mailboxes())));
        }
    }

    private RunReport real(Scenario scenario, InternetAddress sender) throws InterruptedException {
        return send(scenario, sender, options.account(environment));
    }

    private RunReport send(Scenario scenario, InternetAddress sender, Account account) throws InterruptedException {
        Session session = session(account);
        List<Mailing> mailings = Newsletter.compose(scenario.issues(), scenario.announced());
        out().printf(
                        "Sending %d messages from %d threads to %s:%d, %s.%n",
                        mailings.size(),
                        options.threads,
                        account.host(),
                        account.port(),
                        options.plain ? "through Angus Mail alone" : "through resilient-mail")
                .flush();
        Tally tally = new Tally();
        ResilientMail.addListener(tally);
        try (Progress progress = progress(mailings.size())) {
            long start = System.nanoTime();
            List<SendResult> results = new Batch(session, sender, options.threads).send(mailings, progress);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            ResilientMail.closeAll();
            return new RunReport(
                    results,
                    scenario.missing(),
                    took,
                    options.plain ? Optional.empty() : Optional.of(tally.counts()),
                    Optional.empty(),
                    Optional.empty());
        } finally {
            ResilientMail.removeListener(tally);
        }
    }

    private Session session(Account account) {
        try {
            return options.plain ? account.plain() : account.resilient(Optional.ofNullable(options.config));
        } catch (ConfigurationException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private Progress progress(int messages) {
        if (options.noProgress) {
            return Progress.none();
        }
        return Terminal.isInteractive() ? new BarProgress(messages) : new LineProgress(messages, out());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
