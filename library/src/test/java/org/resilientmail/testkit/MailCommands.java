package org.resilientmail.testkit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The commands of a mail transaction (RFC 5321 section 3.3) and what this server ordinarily answers. For one thread. */
final class MailCommands {

    private static final Turn.Effect NONE = reply -> {};

    private final ServerSettings settings;
    private final Script script;
    private final ServerAccount account;
    private final SessionRecord record;
    private final Wire wire;
    private final Turn turn;
    private final SessionState state;

    MailCommands(
            ServerSettings settings,
            Script script,
            ServerAccount account,
            SessionRecord record,
            Wire wire,
            Turn turn,
            SessionState state) {
        this.settings = settings;
        this.script = script;
        this.account = account;
        this.record = record;
        this.wire = wire;
        this.turn = turn;
        this.state = state;
    }

    void reset() throws IOException {
        turn.take(state.encounter(Step.RSET, ""), "250 2.0.0 Ok", reply -> state.transaction = null);
    }

    void mail(String argument) throws IOException {
        Optional<SmtpPath> path = SmtpPath.parse(argument, "FROM");
        String sender = path.map(SmtpPath::address).orElse("");
        String ordinary = mailProblem(path).orElse("250 2.1.0 Ok");
        turn.take(state.encounter(Step.MAIL, argument, sender, List.of()), ordinary, reply -> {
            if (Turn.isPositive(reply)) {
                state.begun++;
                state.transaction =
                        new Transaction(sender, path.map(SmtpPath::parameters).orElse(""));
            }
        });
    }

    private Optional<String> mailProblem(Optional<SmtpPath> path) {
        if (!state.greeted || state.transaction != null) {
            return Optional.of("503 5.5.1 MAIL is not expected now");
        }
        if (settings.requireTls() && !wire.isTls()) {
            return Optional.of("530 5.7.0 Must issue a STARTTLS command first");
        }
        if (settings.requireAuth() && state.user.isEmpty()) {
            return Optional.of("530 5.7.0 Authentication required");
        }
        if (path.isEmpty()) {
            return Optional.of("501 5.1.7 Bad sender address syntax");
        }
        if (state.begun >= settings.messages().max()) {
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

    void recipient(String argument) throws IOException {
        Optional<SmtpPath> path =
                SmtpPath.parse(argument, "TO").filter(to -> !to.address().isEmpty());
        String ordinary = "250 2.1.5 Ok";
        if (state.transaction == null) {
            ordinary = "503 5.5.1 Need MAIL before RCPT";
        } else if (path.isEmpty()) {
            ordinary = "501 5.1.3 Bad recipient address syntax";
        } else if (state.transaction.recipients().size()
                >= settings.recipients().max()) {
            ordinary = settings.recipients().reply();
        }
        String address = path.map(SmtpPath::address).orElse("");
        turn.take(state.encounter(Step.RCPT, argument, state.sender(), List.of(address)), ordinary, reply -> {
            if (Turn.isPositive(reply) && state.transaction != null) {
                state.transaction.addRecipient(address);
            }
        });
    }

    void data() throws IOException {
        String ordinary = transactionProblem().orElse("354 End data with <CR><LF>.<CR><LF>");
        String reply = turn.take(state.encounter(Step.DATA, ""), ordinary, NONE);
        if (reply == null || !reply.startsWith("3") || state.transaction == null) {
            return;
        }
        boolean wantsReply = bodyReader().readDotted(state.transaction);
        record.heard("(" + state.transaction.size() + " octets and the final dot)");
        endOfData(wantsReply);
    }

    void chunk(String argument) throws IOException {
        String[] words = argument.split(" +");
        if (!words[0].matches("\\d{1,9}")) {
            turn.say("501 5.5.4 BDAT needs a size");
            return;
        }
        boolean last = words.length > 1 && words[1].equalsIgnoreCase("LAST");
        Optional<String> problem = transactionProblem();
        boolean wantsReply = bodyReader().readChunk(state.transaction, Long.parseLong(words[0]));
        if (problem.isPresent()) {
            turn.say(problem.get());
            state.transaction = null;
        } else if (last) {
            endOfData(wantsReply);
        } else if (!wantsReply) {
            state.transaction = null;
        } else {
            turn.take(state.encounter(Step.CHUNK, argument), "250 2.0.0 " + words[0] + " octets", reply -> {
                if (!Turn.isPositive(reply)) {
                    state.transaction = null;
                }
            });
        }
    }

    private Optional<String> transactionProblem() {
        if (state.transaction == null) {
            return Optional.of("503 5.5.1 Need MAIL first");
        }
        return state.transaction.recipients().isEmpty()
                ? Optional.of("554 5.5.1 No valid recipients")
                : Optional.empty();
    }

    private BodyReader bodyReader() {
        if (state.transaction == null || !script.speaksOf(Step.BODY)) {
            return new BodyReader(wire, octets -> false);
        }
        Encounter begin = state.encounter(Step.BODY, "");
        long before = state.transaction.size(); // in the chunks that have come already
        return new BodyReader(wire, octets -> turn.take(begin.afterBytes(before + octets), null, NONE) != null);
    }

    private void endOfData(boolean wantsReply) throws IOException {
        Transaction complete = state.transaction;
        if (wantsReply) {
            String ordinary = isTooLarge(complete.size())
                    ? "552 5.3.4 Message size exceeds fixed limit"
                    : "250 2.0.0 Ok: queued as " + record.number() + "-" + state.begun;
            Encounter encounter = state.encounter(Step.END_OF_DATA, "");
            turn.take(encounter, ordinary, reply -> {
                if (Turn.isPositive(reply)) {
                    account.accept(record, encounter, complete);
                }
            });
        }
        state.transaction = null;
    }
}
