package org.resilientmail.matrix;

import jakarta.mail.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.resilientmail.testkit.FullBacklog;
import org.resilientmail.testkit.Rule;
import org.resilientmail.testkit.RuleBuilder;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** The server of one cell with its fault, and the Sessions that point at it. The fault strikes only during the call. */
final class Rig implements AutoCloseable {

    static final int MAX_ATTEMPTS = 3;
    static final String USER = "user";

    private static final String PASSWORD = "secret";
    private static final Duration AMPLE = Duration.ofSeconds(10);
    private static final Duration SCANT = Duration.ofMillis(400);

    private final Cell cell;
    private final Variant variant;
    private final Duration readTimeout;
    private final ScriptedSmtpServer server;
    private final TestSessions sessions;
    private Rule rule;
    private FullBacklog backlog;
    private volatile boolean striking;

    /** With time-outs so many times as long as usual. */
    Rig(Cell cell, Variant variant, int patience) {
        this.cell = cell;
        this.variant = variant;
        // Where nothing is silent no time-out is needed, and a short one would only make trouble on a loaded machine.
        this.readTimeout = cell.isSilent() ? SCANT.multipliedBy(patience) : AMPLE;
        this.server = startServer();
        this.sessions = configure();
        script();
    }

    private ScriptedSmtpServer startServer() {
        ServerBuilder builder = ScriptedSmtpServer.builder();
        cell.path().configure(builder);
        if (variant.login()) {
            builder.user(USER, PASSWORD).requireAuth();
        }
        switch (cell.security()) {
            case PLAIN -> {}
            case STARTTLS -> builder.requireTls();
            case IMPLICIT_TLS -> builder.implicitTls();
        }
        return builder.start();
    }

    private TestSessions configure() {
        String millis = Long.toString(readTimeout.toMillis());
        TestSessions made = TestSessions.of(server)
                .smtp("timeout", millis)
                .smtp("writetimeout", millis)
                .smtp("connectiontimeout", millis)
                .set("mail.resilient.retry.initial-wait", "1ms")
                .set("mail.resilient.retry.max-attempts", Integer.toString(MAX_ATTEMPTS));
        if (variant.login()) {
            made.as(USER, PASSWORD).smtp("auth.mechanisms", variant.mechanism());
        }
        switch (cell.security()) {
            case PLAIN -> {}
            case STARTTLS -> made.startTls();
            // Or Angus would go on with the JVM's own trust where the application's factory failed.
            case IMPLICIT_TLS -> made.smtp("socketFactory.fallback", "false");
        }
        if (cell.position() == Position.QUIT) {
            made.set("mail.resilient.session.max-messages", cell.age() == Age.POOLED ? "2" : "1");
        }
        cell.shape().configure(made);
        cell.path().configure(made, variant);
        return made;
    }

    private void script() {
        if (cell.position() == Position.RSET) {
            Set<String> putOff = new HashSet<>();
            server.on(Step.RCPT)
                    .matching(encounter -> striking && putOff.addAll(encounter.recipients()))
                    .always()
                    .reply("450 4.2.1 Not now");
        }
        cell.position().step().ifPresent(step -> rule = fault(server.on(step)));
    }

    private Rule fault(RuleBuilder on) {
        on.matching(encounter -> striking).matching(cell.position().encounters(cell.shape()));
        if (cell.position() == Position.BODY) {
            on.afterBytes(variant.cut());
        }
        if (variant.lasting()) {
            on.always();
        }
        if (variant.words().isPresent()) {
            return on.fault(cell.mishap().fault(), variant.words().get(), variant.drip());
        }
        return on.fault(cell.mishap().fault(), variant.drip());
    }

    ScriptedSmtpServer server() {
        return server;
    }

    /** A Session with the settings of the cell. */
    Session session(Duration deadline) {
        return sessions.set("mail.resilient.retry.deadline", deadline.toMillis() + "ms")
                .session();
    }

    Duration readTimeout() {
        return readTimeout;
    }

    /** Ends the sessions that stand idle, from the server's side. */
    void loseIdleSessions() {
        server.hangUp(variant.lasting() ? "" : "421 4.4.2 Idle for too long, closing connection");
    }

    /** From now on the fault may strike. */
    void strike() throws IOException {
        striking = true;
        if (cell.position() == Position.DIAL) {
            server.stopListening();
            if (cell.mishap() == Mishap.SILENCE) {
                backlog = FullBacklog.at(server.port());
            }
        }
    }

    /** From now on the server behaves. */
    void relent() throws IOException {
        striking = false;
        if (rule != null) {
            rule.release(); // at some steps the end of its silence is all that lets the server see that the client left
        }
        if (backlog != null) {
            backlog.close();
        }
        if (cell.position() == Position.DIAL) {
            server.listenAgain();
        }
    }

    /** Whether it happened, so that the cell shows something; a short deadline may end on the way there. */
    boolean hasStruck() {
        return rule == null || rule.fired() > 0 || !variant.deadline().equals(Variant.LONG);
    }

    /** Whether the sessions that it was to close are closed. */
    boolean hasClosed() {
        boolean closes = rule != null && cell.mishap().name().endsWith("_AND_CLOSE");
        return !closes
                || server.account().openSessions() <= server.account().opened() - rule.fired()
                        && server.account().sessions().stream()
                                .allMatch(session -> !session.isEnded() || session.isFinished());
    }

    /** How many copies of the message at most may reach one recipient. */
    int mostCopies() {
        boolean doubtful = cell.canLeaveDoubt() && !cell.isClear();
        return cell.shape().resends() && doubtful ? Math.min(MAX_ATTEMPTS, 1 + rule.fired()) : 1;
    }

    @Override
    public void close() {
        server.close();
    }
}
