package org.resilientmail.testkit;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** One session from greeting to end: the commands of RFC 5321 and what this server ordinarily answers. */
final class Conversation {

    private static final Turn.Effect NONE = reply -> {};

    private final ServerSettings settings;
    private final Supplier<SSLContext> certificate;
    private final ServerAccount account;
    private final Admission admission;
    private final SessionRecord record;
    private final Wire wire;
    private final Turn turn;

    private final SessionState state;
    private final MailCommands mailCommands;
    private boolean refused;

    Conversation(
            ServerSettings settings,
            Supplier<SSLContext> certificate,
            Script script,
            ServerAccount account,
            Admission admission,
            SessionRecord record,
            Wire wire,
            Executor executor) {
        this.settings = settings;
        this.certificate = certificate;
        this.account = account;
        this.admission = admission;
        this.record = record;
        this.wire = wire;
        this.state = new SessionState(script, record.number());
        this.turn = new Turn(script, record, wire, executor, this::markEnded);
        this.mailCommands = new MailCommands(settings, script, account, record, wire, turn, state);
    }

    /** Holds the session to its end, and closes the socket when the client has closed its side. */
    void hold() {
        try {
            converse();
        } catch (SessionOver e) {
            record.remark(e.getMessage());
        } catch (IOException e) {
            record.remark("the connection broke: " + e.getClass().getSimpleName());
        } finally {
            markEnded();
            wire.finish();
            record.finish();
            wire.drain();
            wire.close();
            account.closeSession(record);
        }
    }

    /** Says something unasked, unless it is empty, and ends the session; from another thread. */
    void hangUp(String reply) {
        markEnded();
        try {
            if (!reply.isEmpty()) {
                turn.say(reply);
            }
        } catch (IOException e) {
            record.remark("the client had left before");
        }
        wire.finish();
    }

    /** Resets the connection; from another thread. */
    void reset() {
        markEnded();
        wire.reset();
    }

    /** Closes the socket; from another thread. */
    void close() {
        wire.close();
    }

    private void markEnded() {
        admission.leave(record.number());
        account.endSession(record);
    }

    private void converse() throws IOException {
        if (settings.implicitTls()) {
            handshake();
        }
        greet();
        if (!settings.idle().isEndless()) {
            wire.setReadTimeout((int) settings.idle().time().toMillis());
        }
        while (true) {
            String line = nextCommand();
            String[] parts = line.split(" ", 2);
            String verb = parts[0].toUpperCase(Locale.ROOT);
            String argument = parts.length > 1 ? parts[1].strip() : "";
            record.heard("AUTH".equals(verb) ? masked(argument) : line);
            checkLifetime();
            obey(verb, argument);
        }
    }

    private String nextCommand() throws IOException {
        String line;
        try {
            line = wire.readLine();
        } catch (SocketTimeoutException e) {
            throw goodbye(settings.idle().reply());
        }
        if (wire.isFinished()) {
            throw new SessionOver("hung up");
        }
        if (line == null) {
            throw new SessionOver("the client closed");
        }
        return line;
    }

    private void checkLifetime() throws IOException {
        ServerSettings.Patience lifetime = settings.lifetime();
        if (!lifetime.isEndless()
                && System.nanoTime() - record.openedAt() > lifetime.time().toNanos()) {
            throw goodbye(lifetime.reply());
        }
    }

    private SessionOver goodbye(String reply) throws IOException {
        return reply.isEmpty() ? new SessionOver("out of patience") : turn.lastWords(reply);
    }

    private void obey(String verb, String argument) throws IOException {
        if (refused && !"QUIT".equals(verb)) {
            turn.say("503 5.5.1 No service here");
            return;
        }
        switch (verb) {
            case "EHLO", "HELO" -> hello(verb, argument);
            case "STARTTLS" -> startTls();
            case "AUTH" -> authenticate(argument);
            case "MAIL" -> mailCommands.mail(argument);
            case "RCPT" -> mailCommands.recipient(argument);
            case "DATA" -> mailCommands.data();
            case "BDAT" -> mailCommands.chunk(argument);
            case "RSET" -> mailCommands.reset();
            case "NOOP" -> take(Step.NOOP, argument, "250 2.0.0 Ok", NONE);
            case "QUIT" -> {
                take(Step.QUIT, "", "221 2.0.0 Bye", reply -> markEnded());
                throw new SessionOver("QUIT");
            }
            default -> turn.say("500 5.5.1 Command unrecognized");
        }
    }

    private String take(Step step, String argument, String ordinary, Turn.Effect effect) throws IOException {
        return turn.take(state.encounter(step, argument), ordinary, effect);
    }

    private void greet() throws IOException {
        boolean room = settings.sessionsAt() != Step.CONNECT || admission.admit(record.number());
        String greeting = room ? settings.greeting() : settings.sessions().reply();
        refused = !Turn.isPositive(take(Step.CONNECT, "", greeting, NONE));
    }

    private void hello(String verb, String argument) throws IOException {
        List<String> lines = new ArrayList<>(List.of("mx.example.com greets " + argument));
        if ("EHLO".equals(verb)) {
            lines.addAll(settings.extensions());
            if (settings.maxSize() > 0) {
                lines.add("SIZE " + settings.maxSize());
            }
            if (settings.startTls() && !wire.isTls()) {
                lines.add("STARTTLS");
            }
            if (mayAuthenticate()) {
                lines.add("AUTH " + String.join(" ", settings.mechanisms()));
            }
        }
        StringBuilder reply = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            reply.append(i < lines.size() - 1 ? "250-" : "250 ")
                    .append(lines.get(i))
                    .append('\n');
        }
        take(Step.EHLO, argument, reply.toString().stripTrailing(), answer -> {
            state.greeted |= Turn.isPositive(answer);
            state.transaction = null;
        });
    }

    private void startTls() throws IOException {
        String ordinary = settings.startTls() && !wire.isTls()
                ? "220 2.0.0 Ready to start TLS"
                : "503 5.5.1 TLS is not available or already active";
        if (Turn.isPositive(take(Step.STARTTLS, "", ordinary, NONE))) {
            handshake();
            state.greeted = false;
            state.user = "";
            state.transaction = null;
        }
    }

    private void handshake() throws IOException {
        take(Step.TLS_HANDSHAKE, "", null, NONE);
        wire.startTls(certificate.get());
        record.remark("TLS");
    }

    private boolean mayAuthenticate() {
        return !settings.users().isEmpty() && (wire.isTls() || !settings.requireTls());
    }

    private static String masked(String argument) {
        return "AUTH " + mechanism(argument) + (argument.contains(" ") ? " ***" : "");
    }

    private static String mechanism(String argument) {
        return argument.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    }

    private void authenticate(String argument) throws IOException {
        String mechanism = mechanism(argument);
        String problem = authenticationProblem(mechanism);
        if (problem != null) {
            take(Step.AUTH, mechanism, problem, NONE);
            return;
        }
        Login login = new Login(mechanism, settings, admission, account, record, wire);
        String initial = argument.contains(" ")
                ? argument.substring(argument.indexOf(' ') + 1).strip()
                : null;
        login.run(initial, turn, step -> state.encounter(step, mechanism));
        state.user = login.user();
    }

    private String authenticationProblem(String mechanism) {
        if (!state.greeted || state.transaction != null || !state.user.isEmpty()) {
            return "503 5.5.1 AUTH is not expected now";
        }
        if (settings.requireTls() && !wire.isTls()) {
            return "530 5.7.0 Must issue a STARTTLS command first";
        }
        if (!mayAuthenticate() || !settings.mechanisms().contains(mechanism)) {
            return "504 5.5.4 Unrecognized authentication type";
        }
        return null;
    }
}
