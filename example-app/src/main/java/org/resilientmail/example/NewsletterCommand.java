package org.resilientmail.example;

import com.icegreen.greenmail.store.FolderException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
        subcommands = LegacyCommand.class,
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
        NewsletterRun run = new NewsletterRun(scenario, sender, options.threads, this::session, this::progress);
        RunReport report = options.host == null ? run.embedded() : run.real(options.account(environment));
        new ResultTable(out()).print(report, !options.plain);
        return report.succeeded() ? 0 : 1;
    }

    private Session session(Account account) {
        try {
            return options.plain ? account.plain() : account.resilient(Optional.ofNullable(options.config));
        } catch (ConfigurationException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private Progress progress(Account account, int messages) {
        out().printf(
                        "Sending %d messages from %d threads to %s:%d, %s.%n",
                        messages,
                        options.threads,
                        account.host(),
                        account.port(),
                        options.plain ? "through Angus Mail alone" : "through resilient-mail")
                .flush();
        if (options.noProgress) {
            return Progress.none();
        }
        return Terminal.isInteractive() ? new BarProgress(messages) : new LineProgress(messages, out());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
