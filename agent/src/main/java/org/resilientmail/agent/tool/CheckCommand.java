package org.resilientmail.agent.tool;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.eclipse.angus.mail.util.MailConnectException;
import org.resilientmail.ResilientMail;
import org.resilientmail.ResilientSslTransport;
import org.resilientmail.ResilientTransport;
import org.resilientmail.cli.ExceptionTypes;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.failure.ConnectFailed;
import org.resilientmail.failure.DeliveryUncertain;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.ReplyClassifier;
import org.resilientmail.reply.RuleFileException;
import org.resilientmail.smtp.ConnectRefused;
import org.resilientmail.smtp.ConnectSpec;
import org.resilientmail.smtp.LoginSettings;
import org.resilientmail.smtp.SmtpSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}: talks to a relay as an application with these settings would, and says what it saw. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Connects to a relay and logs in: greeting, TLS, extensions, limits; with --to, sends one test message.",
            "A failure comes with its kind and with what to do. Nothing is tried twice.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the relay took the login and, with --to, the message",
            "1:it did not",
            "2:the command line, or the file, cannot be used",
            "3:with --to: no telling whether the message was accepted"
        })
final class CheckCommand implements Callable<Integer> {

    /** RFC 4954 section 6. */
    private static final int LOGGED_IN = 235;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = {
                "Properties of the application: mail.smtp.host and all other mail.smtp.* or mail.smtps.* keys, mail.user,"
                        + " mail.password, mail.from, mail.transport.protocol, and mail.resilient.*. Lines that do not"
                        + " begin with mail. are passed over.",
                "The environment's " + MailFile.PASSWORD_VARIABLE + " comes before a password in the file."
            })
    private Path config;

    @Option(names = "--to", paramLabel = "ADDRESS", description = "Send one test message to this address.")
    private String to;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description = "Its sender. Default: mail.from, mail.smtp.from, or the user if that is an address.")
    private String from;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ToolException, MessagingException {
        MailFile file = MailFile.read(config, System.getenv());
        InternetAddress recipient = to == null ? null : MailFile.address(to, "--to");
        InternetAddress sender =
                recipient == null ? null : from == null ? file.sender() : MailFile.address(from, "--from");
        ReplyClassifier classifier = classifier(file.config());
        Findings findings = new Findings(spec.commandLine().getOut(), file.user(), file.password());
        ResilientTransport transport = transport(file);
        findings.line("relay", file.toString());
        if (!file.config().enabled()) {
            findings.line("note", "mail.resilient.enabled=false: applications with this file send without us");
        }
        if (!connects(file, transport, classifier, findings)) {
            return Tool.FAILED;
        }
        if (recipient == null) {
            return Tool.DONE;
        }
        return send(file, transport, TestMessage.of(session(file), sender, recipient), findings);
    }

    private static ReplyClassifier classifier(ResilientConfig config) throws ToolException {
        try {
            return config.replies().map(ReplyClassifier::withUserRules).orElseGet(ReplyClassifier::shipped);
        } catch (RuleFileException e) {
            throw ToolException.usage(e.getMessage());
        }
    }

    private static Session session(MailFile file) {
        return Session.getInstance(file.properties());
    }

    private static ResilientTransport transport(MailFile file) {
        URLName name = new URLName(file.protocol(), null, -1, null, null, null);
        return file.protocol().equals("smtps")
                ? new ResilientSslTransport(session(file), name)
                : new ResilientTransport(session(file), name);
    }

    private static boolean connects(
            MailFile file, ResilientTransport transport, ReplyClassifier classifier, Findings findings) {
        ConnectSpec spec = new ConnectSpec(
                session(file),
                file.protocol(),
                file.host(),
                file.port(),
                file.user(),
                file.password(),
                LoginSettings.of(transport, null));
        SmtpSession session;
        try {
            session = SmtpSession.open(spec, file.config().retry().deadline());
        } catch (ConnectRefused refused) {
            findings.opening(refused.opening());
            Classification found = refused.reply()
                    .map(reply -> classifier.classify(refused.phase(), reply))
                    .orElseGet(() -> refused.missing().orElseThrow().classify(refused.phase(), false));
            findings.failure(
                    refused.phase(),
                    refused.reply(),
                    words(refused.original()),
                    refused.original() instanceof MailConnectException
                            ? ConnectFailed.class.getName()
                            : ExceptionTypes.of(found.kind()),
                    found);
            return false;
        }
        findings.opening(session.opening());
        findings.limits(session);
        login(file, session, findings);
        session.quit();
        return true;
    }

    /** With the root of it, which for TLS is all that tells. */
    private static String words(MessagingException failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root == failure || root.getMessage() == null
                ? failure.getMessage()
                : failure.getMessage() + " (" + root.getMessage() + ")";
    }

    private static void login(MailFile file, SmtpSession session, Findings findings) {
        boolean offersTls = session.extensions().containsKey("STARTTLS");
        if (file.user() == null) {
            findings.line("login", "none, because the file names no user");
        } else if (session.openingCode() == LOGGED_IN) {
            findings.said("login", "accepted for " + file.user() + ": " + session.openingResponse());
        } else {
            findings.line("login", "none, because the relay offers none here: mail goes without it");
        }
        if (!session.isSecure()) {
            findings.line(
                    "note",
                    "nothing is encrypted, passwords included"
                            + (offersTls
                                    ? "; the relay offers STARTTLS: set mail.smtp.starttls.required=true"
                                    : "; the relay offers no STARTTLS at this port"));
        }
    }

    private static int send(MailFile file, ResilientTransport transport, TestMessage test, Findings findings)
            throws MessagingException {
        try (transport) {
            transport.connect(file.host(), file.port(), file.user(), file.password());
            transport.sendMessage(test.message(), test.message().getAllRecipients());
            findings.said(
                    "message",
                    "accepted for " + test.recipient() + ": "
                            + transport.getLastServerResponse().strip() + " (Message-ID "
                            + test.message().getMessageID() + ")");
            return Tool.DONE;
        } catch (MessagingException e) {
            if (!(e instanceof MailFailure failure)) {
                throw e;
            }
            findings.line("message", "not accepted for " + test.recipient());
            findings.failure(
                    failure.phase(),
                    failure.reply(),
                    e.getMessage(),
                    e.getClass().getName(),
                    failure.classification());
            return failure instanceof DeliveryUncertain ? Tool.UNCERTAIN : Tool.FAILED;
        } finally {
            ResilientMail.closeAll();
        }
    }
}
