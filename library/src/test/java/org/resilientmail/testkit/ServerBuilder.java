package org.resilientmail.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what kind of server is wanted. Without a word: plain text, no AUTH, no limits, the usual extensions, but
 * nothing that changes the order of commands. A limit's
 * reply that starts with 421 also ends the session. Not for use by several threads.
 */
public final class ServerBuilder {

    private String greeting = "220 mx.example.com ESMTP";
    private List<String> extensions = new ArrayList<>(List.of("8BITMIME", "SMTPUTF8", "DSN", "ENHANCEDSTATUSCODES"));
    private final Map<String, String> users = new LinkedHashMap<>();
    private List<String> mechanisms = List.of("PLAIN", "LOGIN", "XOAUTH2");
    private boolean requireAuth;
    private boolean startTls;
    private boolean requireTls;
    private boolean implicitTls;
    private long maxSize;
    private ServerSettings.Limit messages = ServerSettings.Limit.NONE;
    private ServerSettings.Limit recipients = ServerSettings.Limit.NONE;
    private ServerSettings.Limit sessions = ServerSettings.Limit.NONE;
    private Step sessionsAt = Step.CONNECT;
    private ServerSettings.Patience idle = ServerSettings.Patience.ENDLESS;
    private ServerSettings.Patience lifetime = ServerSettings.Patience.ENDLESS;

    ServerBuilder() {}

    /** The whole greeting, code included, one line or several. */
    public ServerBuilder greeting(String text) {
        greeting = text;
        return this;
    }

    /** The EHLO keywords, instead of the usual ones; AUTH, STARTTLS and SIZE come from their own switches. */
    public ServerBuilder extensions(String... keywords) {
        extensions = new ArrayList<>(List.of(keywords));
        return this;
    }

    /** One more EHLO keyword, such as {@code LIMITS RCPTMAX=50 MAILMAX=20} (RFC 9422). */
    public ServerBuilder extension(String keyword) {
        extensions.add(keyword);
        return this;
    }

    /** Offers AUTH and knows this user; for XOAUTH2 the password is the bearer token. */
    public ServerBuilder user(String name, String password) {
        users.put(name, password);
        return this;
    }

    /** The AUTH mechanisms offered, out of PLAIN, LOGIN and XOAUTH2; all three by default. */
    public ServerBuilder mechanisms(String... names) {
        mechanisms = List.of(names);
        return this;
    }

    /** Refuses MAIL with 530 5.7.0 before a login. */
    public ServerBuilder requireAuth() {
        requireAuth = true;
        return this;
    }

    /** Offers STARTTLS with the certificate of {@link TestCertificate}. */
    public ServerBuilder startTls() {
        startTls = true;
        return this;
    }

    /** Offers STARTTLS and refuses AUTH and MAIL with 530 5.7.0 before it. */
    public ServerBuilder requireTls() {
        requireTls = true;
        return startTls();
    }

    /** Speaks TLS from the first byte (RFC 8314, "smtps"). */
    public ServerBuilder implicitTls() {
        implicitTls = true;
        return this;
    }

    /** Announces SIZE and keeps it: at MAIL where the client declares the size, else at the end of the data. */
    public ServerBuilder maxSize(long octets) {
        maxSize = octets;
        return this;
    }

    /** Answers so to every MAIL after {@code n} accepted ones in the same session. */
    public ServerBuilder maxMessagesPerSession(int n, String reply) {
        messages = new ServerSettings.Limit(n, reply);
        return this;
    }

    /** Answers so to every RCPT after {@code n} accepted ones for the same message. */
    public ServerBuilder maxRecipients(int n, String reply) {
        recipients = new ServerSettings.Limit(n, reply);
        return this;
    }

    /** Greets so, or answers so to a good login, when {@code n} sessions are there already. */
    public ServerBuilder maxSessions(int n, Step where, String reply) {
        if (where != Step.CONNECT && where != Step.AUTH) {
            throw new IllegalArgumentException("sessions at once are checked at CONNECT or AUTH, not at " + where);
        }
        sessions = new ServerSettings.Limit(n, reply);
        sessionsAt = where;
        return this;
    }

    /** Ends a session that says nothing for so long, with this reply, or without a word if it is empty. */
    public ServerBuilder maxIdle(Duration time, String reply) {
        idle = new ServerSettings.Patience(time, reply);
        return this;
    }

    /** Answers so to the first command after the session has become so old, and ends it; without a word if empty. */
    public ServerBuilder maxLifetime(Duration time, String reply) {
        lifetime = new ServerSettings.Patience(time, reply);
        return this;
    }

    /** Starts it on a free port of the loopback address. */
    public ScriptedSmtpServer start() {
        return new ScriptedSmtpServer(new ServerSettings(
                greeting,
                List.copyOf(extensions),
                Map.copyOf(users),
                mechanisms,
                requireAuth,
                startTls,
                requireTls,
                implicitTls,
                maxSize,
                messages,
                recipients,
                sessions,
                sessionsAt,
                idle,
                lifetime));
    }
}
