package org.resilientmail.testkit;

import java.io.IOException;
import java.util.function.Function;

/** One AUTH command with its continuation lines (RFC 4954), and the entry it makes in the account. For one thread. */
final class Login {

    private final String mechanism;
    private final ServerSettings settings;
    private final Admission admission;
    private final ServerAccount account;
    private final SessionRecord record;
    private final Wire wire;
    private final SaslExchange exchange;
    private String user = "";
    private boolean noted;

    Login(
            String mechanism,
            ServerSettings settings,
            Admission admission,
            ServerAccount account,
            SessionRecord record,
            Wire wire) {
        this.mechanism = mechanism;
        this.settings = settings;
        this.admission = admission;
        this.account = account;
        this.record = record;
        this.wire = wire;
        this.exchange = new SaslExchange(mechanism, settings.users());
    }

    /** Who is logged in now; empty if it failed. */
    String user() {
        return user;
    }

    /** Goes on until a reply that is not 334; the initial response is {@code null} if there was none. */
    void run(String initialResponse, Turn turn, Function<Step, Encounter> encounters) throws IOException {
        String response = initialResponse;
        Step step = Step.AUTH;
        while (true) {
            String reply = turn.take(encounters.apply(step), ordinaryAnswer(response), this::note);
            if (reply == null || !reply.startsWith("334")) {
                return;
            }
            response = wire.readLine();
            if (response == null) {
                throw new SessionOver("the client left during AUTH");
            }
            record.heard("***");
            if ("*".equals(response)) {
                turn.say("501 5.7.0 Authentication cancelled");
                return;
            }
            step = Step.AUTH_CONTINUE;
        }
    }

    private String ordinaryAnswer(String response) {
        String answer = exchange.answer(response);
        boolean full =
                answer.startsWith("235") && settings.sessionsAt() == Step.AUTH && !admission.admit(record.number());
        return full ? settings.sessions().reply() : answer;
    }

    private void note(String reply) {
        boolean undecided = reply.startsWith("334") && !exchange.isRefused();
        if (undecided || noted) {
            return;
        }
        // Noted with the challenge that tells a client of the refusal: many, Angus among them, leave without an answer.
        noted = true;
        boolean accepted = reply.startsWith("2");
        if (accepted) {
            user = exchange.user().isEmpty() ? "(unknown)" : exchange.user();
        } else if (settings.sessionsAt() == Step.AUTH) {
            admission.leave(record.number());
        }
        account.login(
                new LoginAttempt(record.number(), mechanism, exchange.user(), accepted, reply, System.nanoTime()));
    }
}
