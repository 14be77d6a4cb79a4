package org.resilientmail.agent.tool;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.resilientmail.config.ConfigResolver;
import org.resilientmail.config.ConfigurationException;
import org.resilientmail.config.ResilientConfig;

/**
 * A file with the settings of an application's mail, checked: {@code mail.smtp.*} as Jakarta Mail reads them, the
 * credentials, and {@code mail.resilient.*}. Its {@code toString} shows no password.
 *
 * @param properties the Session properties; the file itself counts for {@code mail.resilient.}
 * @param protocol {@code smtp} or {@code smtps}
 * @param host the relay
 * @param port its port, or -1 for the protocol's own
 * @param user the user name, or {@code null}
 * @param password the password, or {@code null}
 * @param config what holds for this account
 */
record MailFile(
        Properties properties,
        String protocol,
        String host,
        int port,
        String user,
        String password,
        ResilientConfig config) {

    /** The environment's variable that keeps a password out of files. */
    static final String PASSWORD_VARIABLE = "RESILIENT_MAIL_PASSWORD";

    private static final String CONFIG = "mail.resilient.config";
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    /** Reads and checks a file; all that is wrong is told at once. */
    static MailFile read(Path file, Map<String, String> environment) throws ToolException {
        Properties lines = load(file);
        List<String> problems = new ArrayList<>(MailKeys.problems(lines));
        Properties session = new Properties();
        for (String name : lines.stringPropertyNames()) {
            // debugging would print the conversation where the findings go
            if (name.startsWith("mail.") && !name.startsWith("mail.resilient.") && !name.startsWith("mail.debug")) {
                session.setProperty(name, lines.getProperty(name).strip());
            }
        }
        String protocol = protocol(session, problems);
        session.setProperty("mail.transport.protocol", protocol);
        String prefix = "mail." + protocol + ".";
        String host = first(session, prefix + "host", "mail.host").orElse(null);
        if (host == null) {
            problems.add("names no relay: add " + prefix + "host=HOST, or mail.host=HOST"
                    + (protocol.equals("smtps") ? " (mail.smtp.host does not count for smtps)" : ""));
        }
        String user = first(session, prefix + "user", "mail.user").orElse(null);
        String password = Optional.ofNullable(environment.get(PASSWORD_VARIABLE))
                .filter(value -> !value.isEmpty())
                .or(() -> first(session, prefix + "password", "mail.password"))
                .orElse(null);
        session.remove(prefix + "password");
        session.remove("mail.password");
        checkLogin(session, prefix, user, password, problems);
        session.setProperty(CONFIG, file.toString());
        ResilientConfig config = resolve(session, host, user, problems);
        if (!problems.isEmpty()) {
            throw ToolException.usage(file + ":\n" + String.join("\n", problems));
        }
        int port = first(session, prefix + "port").map(Integer::valueOf).orElse(-1);
        // One attempt, so that what the relay says is seen, and an answer comes soon.
        session.setProperty("mail.resilient.retry.max-attempts", "1");
        session.setProperty("mail.resilient.enabled", "true");
        // Nor is what the application's operators look at to tell of a check.
        session.setProperty("mail.resilient.jmx", "false");
        session.setProperty("mail.resilient.log", "none");
        session.setProperty("mail.resilient.summary", "false");
        return new MailFile(session, protocol, host, port, user, password, config);
    }

    /** The lines of a properties file in UTF-8. */
    static Properties load(Path file) throws ToolException {
        if (!Files.exists(file)) {
            throw ToolException.usage(
                    file + " does not exist (looked at " + file.toAbsolutePath()
                            + "); allowed: a properties file with mail.smtp.host and, where needed, mail.user and mail.password");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw ToolException.usage(file + " cannot be read; allowed: a readable properties file");
        }
        Properties lines = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            reader.mark(1);
            if (reader.read() != BYTE_ORDER_MARK) {
                reader.reset();
            }
            lines.load(reader);
        } catch (CharacterCodingException e) {
            throw ToolException.usage(file + " is not " + StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ToolException.usage(
                    file + " is not a properties file: a \\u is not followed by four hexadecimal digits");
        } catch (IOException e) {
            throw ToolException.usage(file + " cannot be read: " + e.getMessage());
        }
        return lines;
    }

    private static String protocol(Properties session, List<String> problems) {
        Optional<String> said = first(session, "mail.transport.protocol.rfc822", "mail.transport.protocol");
        boolean onlySmtps = first(session, "mail.smtps.host").isPresent()
                && first(session, "mail.smtp.host").isEmpty();
        String protocol = said.orElse(onlySmtps ? "smtps" : "smtp");
        if (!protocol.equals("smtp") && !protocol.equals("smtps")) {
            problems.add("mail.transport.protocol=" + protocol + " is not allowed; allowed: smtp or smtps");
            return "smtp";
        }
        return protocol;
    }

    private static void checkLogin(
            Properties session, String prefix, String user, String password, List<String> problems) {
        boolean wanted = first(session, prefix + "auth").orElse("false").equalsIgnoreCase("true");
        if (user == null && (wanted || password != null)) {
            problems.add("has " + (wanted ? prefix + "auth=true" : "a password")
                    + " and no user: add mail.user=USER, or " + prefix + "user");
        }
        if (password == null && (wanted || user != null)) {
            problems.add("has " + (wanted ? prefix + "auth=true" : "a user")
                    + " and no password: add mail.password=PASSWORD, or set the environment's " + PASSWORD_VARIABLE);
        }
    }

    private static ResilientConfig resolve(Properties session, String host, String user, List<String> problems) {
        try {
            return ConfigResolver.resolve(session, System.getProperties(), null).forAccount(host, user);
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
            return null;
        }
    }

    /** Whom a test message is from. */
    InternetAddress sender() throws ToolException {
        String sender = first(properties, "mail.from", "mail." + protocol + ".from")
                .or(() -> Optional.ofNullable(user).filter(name -> name.contains("@")))
                .orElseThrow(() -> ToolException.usage(
                        "no sender for the test message: add mail.from=ADDRESS to the file, or give --from"));
        return address(sender, "the sender");
    }

    static InternetAddress address(String text, String what) throws ToolException {
        try {
            InternetAddress address = new InternetAddress(text, true);
            if (address.isGroup()) {
                throw new AddressException("a group, which may be many");
            }
            if (!address.getAddress().contains("@")) {
                throw new AddressException("Missing domain");
            }
            return address;
        } catch (AddressException e) {
            throw ToolException.usage(
                    what + " " + text + " is not an address (" + e.getMessage() + "); allowed: name@example.org");
        }
    }

    private static Optional<String> first(Properties properties, String... names) {
        return Stream.of(names)
                .map(properties::getProperty)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst();
    }

    @Override
    public String toString() {
        return protocol + "://" + (user == null ? "" : user + "@") + host + (port < 0 ? "" : ":" + port);
    }
}
