package org.resilientmail.example;

import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.resilientmail.config.ConfigResolver;
import org.resilientmail.config.ConfigurationException;
import org.resilientmail.example.relay.Login;

/**
 * A relay and how to log in to it.
 *
 * @param host its name or address
 * @param port its port
 * @param login the credentials, or empty to send without
 * @param starttls whether TLS is required
 */
record Account(String host, int port, Optional<Login> login, boolean starttls) {

    private static final String ANGUS = "org.eclipse.angus.mail.smtp.SMTPTransport";

    /**
     * Makes a session that sends through the library.
     *
     * @param config the settings to use instead of those on the class path
     * @throws ConfigurationException if the settings cannot be used; better now than once per message
     */
    Session resilient(Optional<Path> config) {
        Properties properties = properties();
        config.ifPresent(file -> properties.setProperty(
                "mail.resilient.config", file.toAbsolutePath().toString()));
        ConfigResolver.resolve(properties, System.getProperties(), Account.class.getClassLoader());
        return session(properties);
    }

    /** Makes a session that sends through Angus itself, as if the library were not there. */
    Session plain() {
        Properties properties = properties();
        properties.setProperty("mail.smtp.class", ANGUS);
        return session(properties);
    }

    /** {@return the Session properties, without the credentials} */
    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", host);
        properties.setProperty("mail.smtp.port", String.valueOf(port));
        properties.setProperty("mail.smtp.auth", String.valueOf(login.isPresent()));
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(starttls));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(starttls));
        return properties;
    }

    private Session session(Properties properties) {
        return Session.getInstance(properties, login.map(Account::authenticator).orElse(null));
    }

    private static Authenticator authenticator(Login login) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(login.user(), login.password());
            }
        };
    }
}
