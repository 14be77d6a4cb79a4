package org.resilientmail.example;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.resilientmail.example.relay.Login;
import picocli.CommandLine.Option;

/** The command line, and what may not be combined on it. */
final class Options {

    static final String PASSWORD_VARIABLE = "RESILIENT_MAIL_PASSWORD";

    private static final int MAX_PORT = 65_535;
    private static final int MAX_THREADS = 64;
    private static final int MAX_MESSAGES = 5_000;
    private static final int DEFAULT_MESSAGES = 300;
    private static final int DEFAULT_PORT = 587;
    private static final String DEFAULT_SENDER = "news@example.org";

    @Option(names = "--plain", description = "Send through undecorated Angus Mail, for comparison.")
    boolean plain;

    @Option(
            names = "--messages",
            paramLabel = "N",
            description = "Messages to single readers, 2 to " + MAX_MESSAGES + ". Default: " + DEFAULT_MESSAGES + ".")
    Integer messages;

    @Option(
            names = "--announce-to",
            paramLabel = "N",
            defaultValue = "120",
            description = "Readers of the one large message, 0 for none. Default: ${DEFAULT-VALUE}.")
    int announceTo;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "6",
            description = "Sending threads, 1 to " + MAX_THREADS + ". Default: ${DEFAULT-VALUE}.")
    int threads;

    @Option(
            names = "--host",
            description = "A real relay. Without it, a relay with a provider's limits is started in this process.")
    String host;

    @Option(names = "--port", description = "The real relay's port. Default: " + DEFAULT_PORT + ".")
    Integer port;

    @Option(names = "--user", description = "The user at the real relay. Without it, no login.")
    String user;

    @Option(
            names = "--password",
            interactive = true,
            arity = "0..1",
            description =
                    "The password; asked for if no value follows. Better: the variable " + PASSWORD_VARIABLE + ".")
    char[] password;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description = "The sender; needed for a real relay. Default: " + DEFAULT_SENDER + ".")
    String from;

    @Option(
            names = "--recipients",
            paramLabel = "FILE",
            description = "Recipients, one address per line, # for comments; needed for a real relay.")
    Path recipients;

    @Option(names = "--starttls", description = "Require TLS at the real relay.")
    boolean starttls;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings of the library. Default: the resilient-mail.properties in the jar.")
    Path config;

    @Option(names = "--no-progress", description = "Show no progress.")
    boolean noProgress;

    /** Throws what is wrong, as one line. */
    void check() {
        require(threads >= 1 && threads <= MAX_THREADS, "--threads must be 1 to " + MAX_THREADS + ", not " + threads);
        require(
                announceTo >= 0 && announceTo <= MAX_MESSAGES,
                "--announce-to must be 0 to " + MAX_MESSAGES + ", not " + announceTo);
        require(
                messages == null || messages >= 2 && messages <= MAX_MESSAGES,
                "--messages must be 2 to " + MAX_MESSAGES + ", not " + messages);
        require(
                messages == null || recipients == null,
                "--messages cannot be given with --recipients: everyone in the file gets one message");
        require(!plain || config == null, "--config cannot be given with --plain: it configures the library");
        require(config == null || Files.isReadable(config), "--config: " + config + " cannot be read");
        if (host == null) {
            checkEmbedded();
        } else {
            checkReal();
        }
    }

    private void checkEmbedded() {
        require(port == null, "--port needs --host");
        require(user == null, "--user needs --host");
        require(password == null, "--password needs --host");
        require(!starttls, "--starttls needs --host");
    }

    private void checkReal() {
        require(!host.isBlank(), "--host must not be empty");
        require(port == null || port >= 1 && port <= MAX_PORT, "--port must be 1 to " + MAX_PORT + ", not " + port);
        require(from != null, "--host needs --from: a real relay wants a real sender");
        require(recipients != null, "--host needs --recipients: invented readers are for the embedded relay only");
        require(password == null || user != null, "--password needs --user");
    }

    Scenario scenario() {
        return recipients == null
                ? Scenario.invented(messages == null ? DEFAULT_MESSAGES : messages, announceTo)
                : Scenario.given(RecipientsFile.read(recipients), announceTo);
    }

    InternetAddress sender() {
        String text = from == null ? DEFAULT_SENDER : from;
        try {
            return new InternetAddress(text, true);
        } catch (AddressException e) {
            throw new UsageException("--from: \"" + text + "\" is not a mail address (" + e.getMessage() + ")");
        }
    }

    /** {@return the real relay; only where there is a host} */
    Account account(Map<String, String> environment) {
        return new Account(host, port == null ? DEFAULT_PORT : port, login(environment), starttls);
    }

    private Optional<Login> login(Map<String, String> environment) {
        if (user == null) {
            return Optional.empty();
        }
        String secret = password == null ? environment.get(PASSWORD_VARIABLE) : new String(password);
        require(secret != null, "--user needs a password: --password, or the variable " + PASSWORD_VARIABLE);
        return Optional.of(new Login(user, secret));
    }

    private static void require(boolean fine, String otherwise) {
        if (!fine) {
            throw new UsageException(otherwise);
        }
    }
}
