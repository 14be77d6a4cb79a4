package org.resilientmail.testkit;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/** One session from greeting to end: the commands of RFC 5321 and what this server ordinarily answers. */
final class Conversation {

    private static final Turn.Effect NONE = reply -> {};

    private final ServerSettings settings;
    private final Script script;
    private final ServerAccount account;
    private final Admission admission;
    private final SessionRecord record;
    private final Wire wire;
    private final Turn turn;

    private boolean refused;
    private boolean greeted;
    private String user = "";
    private int begun;
    private Transaction transaction;

    Conversation(
            ServerSettings settings,
            Script script,
            ServerAccount account,
            Admission admission,
            SessionRecord record,
            Wire wire,
            Executor executor) {
        this.settings = settings;
        this.script = script;
        this.account = account;
        this.admission = admission;
        this.record = record;
        this.wire = wire;
        this.turn = new Turn(script, record, wire, executor, this::markEnded);
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
            case "MAIL" -> mail(argument);
            case "RCPT" -> recipient(argument);
            case "DATA" -> data();
            case "BDAT" -> chunk(argument);
            case "RSET" -> take(Step.RSET, "", "250 2.0.0 Ok", reply -> transaction = null);
            case "NOOP" -> take(Step.NOOP, argument, "250 2.0.0 Ok", NONE);
            case "QUIT" -> {
                take(Step.QUIT, "", "221 2.0.0 Bye", reply -> markEnded());
                throw new SessionOver("QUIT");
            }
            default -> turn.say("500 5.5.1 Command unrecognized");
        }
    }

    private String take(Step step, String argument, String ordinary, Turn.Effect effect) throws IOException {
        List<String> recipients = transaction == null ? List.of() : transaction.recipients();
        return turn.take(encounter(step, argument, recipients), ordinary, effect);
    }

    private Encounter encounter(Step step, String argument, List<String> recipients) {
        return new Encounter(
                step,
                record.number(),
                transaction == null ? begun + 1 : begun,
                script.countOccurrence(step),
                argument,
                transaction == null ? "" : transaction.sender(),
                recipients,
                user,
                0);
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
            greeted |= Turn.isPositive(answer);
            transaction = null;
        });
    }

    private void startTls() throws IOException {
        String ordinary = settings.startTls() && !wire.isTls()
                ? "220 2.0.0 Ready to start TLS"
                : "503 5.5.1 TLS is not available or already active";
        if (Turn.isPositive(take(Step.STARTTLS, "", ordinary, NONE))) {
            handshake();
            greeted = false;
            user = "";
            transaction = null;
        }
    }

    private void handshake() throws IOException {
        take(Step.TLS_HANDSHAKE, "", null, NONE);
        wire.startTls(TestCertificate.serverContext());
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
        login.run(initial, turn, step -> encounter(step, mechanism, List.of()));
        user = login.user();
    }

    private String authenticationProblem(String mechanism) {
        if (!greeted || transaction != null || !user.isEmpty()) {
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

    private void mail(String argument) throws IOException {
        Optional<SmtpPath> path = SmtpPath.parse(argument, "FROM");
        String sender = path.map(SmtpPath::address).orElse("");
        String ordinary = mailProblem(path).orElse("250 2.1.0 Ok");
        Encounter plain = encounter(Step.MAIL, argument, List.of());
        Encounter encounter = new Encounter(
                Step.MAIL, plain.session(), plain.message(), plain.occurrence(), argument, sender, List.of(), user, 0);
        turn.take(encounter, ordinary, reply -> {
            if (Turn.isPositive(reply)) {
                begun++;
                transaction =
                        new Transaction(sender, path.map(SmtpPath::parameters).orElse(""));
            }
        });
    }

    private Optional<String> mailProblem(Optional<SmtpPath> path) {
        if (!greeted || transaction != null) {
            return Optional.of("503 5.5.1 MAIL is not expected now");
        }
        if (settings.requireTls() && !wire.isTls()) {
            return Optional.of("530 5.7.0 Must issue a STARTTLS command first");
        }
        if (settings.requireAuth() && user.isEmpty()) {
            return Optional.of("530 5.7.0 Authentication required");
        }
        if (path.isEmpty()) {
            return Optional.of("501 5.1.7 Bad sender address syntax");
        }
        if (begun >= settings.messages().max()) {
            return Optional.of(settings.messages().reply());
        }
        if (isTooLarge(path.get().size())) {
            return Optional.of("552 5.3.4 Message size exceeds fixed limit");
        }
        return Optional.empty();
    }

    private boolean isTooLarge(long size) {
        return settings.maxSize() > 0 && size > settings.maxSize();
    }

    private void recipient(String argument) throws IOException {
        Optional<SmtpPath> path =
                SmtpPath.parse(argument, "TO").filter(to -> !to.address().isEmpty());
        String ordinary = "250 2.1.5 Ok";
        if (transaction == null) {
            ordinary = "503 5.5.1 Need MAIL before RCPT";
        } else if (path.isEmpty()) {
            ordinary = "501 5.1.3 Bad recipient address syntax";
        } else if (transaction.recipients().size() >= settings.recipients().max()) {
            ordinary = settings.recipients().reply();
        }
        String address = path.map(SmtpPath::address).orElse("");
        turn.take(encounter(Step.RCPT, argument, List.of(address)), ordinary, reply -> {
            if (Turn.isPositive(reply) && transaction != null) {
                transaction.addRecipient(address);
            }
        });
    }

    private void data() throws IOException {
        String ordinary = transactionProblem().orElse("354 End data with <CR><LF>.<CR><LF>");
        String reply = take(Step.DATA, "", ordinary, NONE);
        if (reply == null || !reply.startsWith("3") || transaction == null) {
            return;
        }
        boolean wantsReply = bodyReader().readDotted(transaction);
        record.heard("(" + transaction.size() + " octets and the final dot)");
        endOfData(wantsReply);
    }

    private void chunk(String argument) throws IOException {
        String[] words = argument.split(" +");
        if (!words[0].matches("\\d{1,9}")) {
            turn.say("501 5.5.4 BDAT needs a size");
            return;
        }
        boolean last = words.length > 1 && words[1].equalsIgnoreCase("LAST");
        Optional<String> problem = transactionProblem();
        boolean wantsReply = bodyReader().readChunk(transaction, Long.parseLong(words[0]));
        if (problem.isPresent()) {
            turn.say(problem.get());
            transaction = null;
        } else if (last) {
            endOfData(wantsReply);
        } else if (!wantsReply) {
            transaction = null;
        } else {
            take(Step.CHUNK, argument, "250 2.0.0 " + words[0] + " octets", reply -> {
                if (!Turn.isPositive(reply)) {
                    transaction = null;
                }
            });
        }
    }

    private Optional<String> transactionProblem() {
        if (transaction == null) {
            return Optional.of("503 5.5.1 Need MAIL first");
        }
        return transaction.recipients().isEmpty() ? Optional.of("554 5.5.1 No valid recipients") : Optional.empty();
    }

    private BodyReader bodyReader() {
        if (transaction == null || !script.speaksOf(Step.BODY)) {
            return new BodyReader(wire, octets -> false);
        }
        Encounter begin = encounter(Step.BODY, "", transaction.recipients());
        return new BodyReader(wire, octets -> turn.take(begin.afterBytes(octets), null, NONE) != null);
    }

    private void endOfData(boolean wantsReply) throws IOException {
        Transaction complete = transaction;
        if (wantsReply) {
            String ordinary = isTooLarge(complete.size())
                    ? "552 5.3.4 Message size exceeds fixed limit"
                    : "250 2.0.0 Ok: queued as " + record.number() + "-" + begun;
            Encounter encounter = encounter(Step.END_OF_DATA, "", complete.recipients());
            turn.take(encounter, ordinary, reply -> {
                if (Turn.isPositive(reply)) {
                    account.accept(record, encounter, complete);
                }
            });
        }
        transaction = null;
    }
}
