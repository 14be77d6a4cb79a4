package org.resilientmail.testkit;

import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.util.Properties;

/**
 * Jakarta Mail sessions that point at a scripted server. Time-outs of ten seconds are set, so that a silence cannot
 * hang a test; the certificate of the server is trusted. Not for use by several threads.
 */
public final class TestSessions {

    private final Properties properties = new Properties();
    private final String prefix;
    private String user;
    private String password;

    private TestSessions(ScriptedSmtpServer server) {
        String protocol = server.isImplicitTls() ? "smtps" : "smtp";
        prefix = "mail." + protocol + ".";
        properties.put("mail.transport.protocol", protocol);
        properties.put("mail.transport.protocol.rfc822", protocol);
        smtp("host", server.host());
        smtp("port", Integer.toString(server.port()));
        smtp("localhost", "client.example.com");
        smtp("connectiontimeout", "10000");
        smtp("timeout", "10000");
        smtp("writetimeout", "10000");
    }

    /** Begins with host, port and protocol of this server. */
    public static TestSessions of(ScriptedSmtpServer server) {
        return new TestSessions(server).trustingTheServer(server.isImplicitTls());
    }

    /** A session for this server without anything special. */
    public static Session session(ScriptedSmtpServer server) {
        return of(server).session();
    }

    /** Logs in as this user. */
    public TestSessions as(String name, String secret) {
        user = name;
        password = secret;
        smtp("auth", "true");
        return this;
    }

    /** Insists on STARTTLS. */
    public TestSessions startTls() {
        smtp("starttls.enable", "true");
        smtp("starttls.required", "true");
        return trustingTheServer(true);
    }

    /** Takes the trust in the server's certificate away. */
    public TestSessions distrusting() {
        return trustingTheServer(false);
    }

    /** Has Angus' own transport, whatever other providers are on the class path. */
    public TestSessions plainAngus() {
        return smtp(
                "class",
                "org.eclipse.angus.mail.smtp." + (prefix.equals("mail.smtps.") ? "SMTPSSLTransport" : "SMTPTransport"));
    }

    /** Sets a property below {@code mail.smtp.}, or {@code mail.smtps.} if the server speaks TLS from the start. */
    public TestSessions smtp(String name, String value) {
        properties.put(prefix + name, value);
        return this;
    }

    /** Sets a property by its whole name; the value need not be a string. */
    public TestSessions set(String name, Object value) {
        properties.put(name, value);
        return this;
    }

    /** Takes a property away, by its whole name: a time-out, for example. */
    public TestSessions without(String name) {
        properties.remove(name);
        return this;
    }

    /** The properties so far. A copy. */
    public Properties properties() {
        Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }

    /** A new session with these properties, and an authenticator if there is a user. */
    public Session session() {
        if (user == null) {
            return Session.getInstance(properties());
        }
        PasswordAuthentication login = new PasswordAuthentication(user, password);
        return Session.getInstance(properties(), new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return login;
            }
        });
    }

    private TestSessions trustingTheServer(boolean trusting) {
        String key = prefix + "ssl.socketFactory";
        if (trusting) {
            properties.put(key, TestCertificate.clientSocketFactory());
        } else {
            properties.remove(key);
        }
        return this;
    }
}
