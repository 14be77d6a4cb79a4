package org.resilientmail.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Executor;

/**
 * The server's turn at a step: waits at the gates, asks the script, does the ordinary thing or the fault. For the one
 * thread of its session.
 */
final class Turn {

    /** What follows on the server's side from a reply, positive or not; done before the reply is written. */
    interface Effect {
        void of(String reply) throws IOException;
    }

    private final Script script;
    private final SessionRecord record;
    private final Wire wire;
    private final Executor executor;
    private final Runnable beforeEnd;

    Turn(Script script, SessionRecord record, Wire wire, Executor executor, Runnable beforeEnd) {
        this.script = script;
        this.record = record;
        this.wire = wire;
        this.executor = executor;
        this.beforeEnd = beforeEnd;
    }

    static boolean isPositive(String reply) {
        return reply != null && (reply.startsWith("2") || reply.startsWith("3"));
    }

    /**
     * Takes the turn.
     *
     * @param ordinary what is said when no rule says otherwise; {@code null} at a step without a reply
     * @return the reply that counts, or {@code null} if none was given; the session goes on
     * @throws SessionOver when the session is at its end
     */
    String take(Encounter encounter, String ordinary, Effect effect) throws IOException {
        script.passGates(encounter);
        Rule rule = script.claim(encounter).orElse(null);
        if (rule != null) {
            record.remark(rule.fault() + " at " + rule.step());
            return play(rule, encounter.step(), ordinary, effect);
        }
        if (ordinary == null) {
            return null;
        }
        effect.of(ordinary);
        if (ordinary.startsWith("421")) {
            throw lastWords(ordinary);
        }
        say(ordinary);
        return ordinary;
    }

    private String play(Rule rule, Step step, String ordinary, Effect effect) throws IOException {
        String reply = rule.text() != null ? rule.text() : ordinary;
        switch (rule.fault()) {
            case REPLY -> {
                effect.of(reply);
                say(reply);
                return reply;
            }
            case REPLY_THEN_CLOSE -> {
                effect.of(reply);
                throw lastWords(reply);
            }
            case CLOSE -> throw over("closed");
            case RESET -> throw reset();
            case SILENCE -> {
                silence(rule, step);
                return ordinary == null ? null : answer(ordinary, effect);
            }
            case GARBAGE -> {
                write(garbage(), "(garbage)");
                return null;
            }
            case HALF_LINE -> {
                beforeEnd.run();
                byte[] bytes = onTheWire(reply, "\r\n");
                write(half(bytes, true), "(half) " + reply);
                throw over("half a line");
            }
            case HALF_LINE_THEN_SILENCE -> {
                byte[] bytes = onTheWire(reply, "\r\n");
                write(half(bytes, true), "(half) " + reply);
                silence(rule, step);
                effect.of(reply);
                write(half(bytes, false), "(rest) " + reply);
                return reply;
            }
            case TWO_REPLIES -> {
                effect.of(ordinary);
                say(ordinary + "\n" + rule.text());
                return ordinary;
            }
            case STALE_REPLY_BEFORE -> {
                effect.of(ordinary);
                String stale = rule.text() != null ? rule.text() : "421 4.4.2 Idle for too long, closing connection";
                throw lastWords(ordinary + "\n" + stale);
            }
            case SLOW_DRIP -> {
                effect.of(reply);
                drip(reply, rule);
                return reply;
            }
            case BARE_LF -> {
                effect.of(reply);
                write(onTheWire(reply, "\n"), reply);
                return reply;
            }
            case LONG_LINE -> {
                effect.of(reply);
                String padded = reply + " " + "x".repeat(Fault.LONG_LINE_LENGTH);
                write(onTheWire(padded, "\r\n"), reply + " (and " + Fault.LONG_LINE_LENGTH + " octets more)");
                return reply;
            }
            case CODE_CHANGE_IN_MULTILINE -> {
                String second = rule.text() != null ? rule.text() : "550 5.0.0 Changed its mind";
                effect.of(second);
                say("250-Fine so far\n" + second);
                return second;
            }
            case PLAINTEXT_IN_TLS -> {
                if (!wire.isTls()) {
                    throw new IllegalStateException(rule + ", but the session does not use TLS");
                }
                String plain = rule.text() != null ? rule.text() : "421 4.3.2 Service shutting down";
                beforeEnd.run();
                record.said(plain);
                wire.writeUnencrypted(onTheWire(plain, "\r\n"));
                wire.finishUnencrypted();
                throw over("plain text under TLS");
            }
            case ACCEPT_THEN_CLOSE -> {
                effect.of(reply);
                throw over("closed");
            }
            case ACCEPT_THEN_RESET -> {
                effect.of(reply);
                throw reset();
            }
            case ACCEPT_THEN_SILENCE -> {
                effect.of(reply);
                silence(rule, step);
                say(reply);
                return reply;
            }
        }
        throw new AssertionError(rule.fault());
    }

    /** Says something for which there is no step and no rule. */
    void say(String reply) throws IOException {
        write(onTheWire(reply, "\r\n"), reply);
    }

    private String answer(String reply, Effect effect) throws IOException {
        effect.of(reply);
        say(reply);
        return reply;
    }

    /** Says something, after which the session is over; it counts as ended before the client can know. */
    SessionOver lastWords(String reply) throws IOException {
        beforeEnd.run();
        say(reply);
        return over("closed after the reply");
    }

    private SessionOver over(String why) {
        beforeEnd.run();
        return new SessionOver(why);
    }

    private SessionOver reset() {
        beforeEnd.run();
        wire.reset();
        return new SessionOver("reset");
    }

    private void write(byte[] bytes, String asRecorded) throws IOException {
        record.said(asRecorded);
        wire.write(bytes);
    }

    private void silence(Rule rule, Step step) throws IOException {
        Monitor monitor = script.monitor();
        // In a body the client's writes are to come to a halt, so nothing is read; but whom nobody releases has to
        // notice
        // that the client has left.
        boolean reading = step != Step.BODY || rule.isForGood();
        Runnable stopWatching = !reading ? () -> {} : wire.watchForEnd(executor, () -> monitor.change(() -> {}));
        monitor.waitUntil(() -> rule.isReleased() || wire.isAtEnd());
        stopWatching.run();
        if (wire.isAtEnd()) {
            throw over("the client left during the silence");
        }
        if (step == Step.STARTTLS || step == Step.TLS_HANDSHAKE) {
            throw over("the silence before TLS ended");
        }
    }

    private void drip(String reply, Rule rule) throws IOException {
        record.said(reply);
        for (byte single : onTheWire(reply, "\r\n")) {
            wire.write(new byte[] {single});
            script.monitor().waitUntil(wire::isAtEnd, rule.pause());
        }
    }

    private static byte[] onTheWire(String reply, String lineEnd) {
        StringBuilder text = new StringBuilder();
        reply.lines().forEach(line -> text.append(line).append(lineEnd));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Everything up to the middle of the last line, or from there. */
    private static byte[] half(byte[] bytes, boolean first) {
        int lastLine = bytes.length - 2;
        while (lastLine > 0 && bytes[lastLine - 1] != '\n') {
            lastLine--;
        }
        int middle = lastLine + (bytes.length - 2 - lastLine + 1) / 2;
        return first ? Arrays.copyOf(bytes, middle) : Arrays.copyOfRange(bytes, middle, bytes.length);
    }

    private static byte[] garbage() {
        byte[] bytes = new byte[258];
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) (255 - i);
        }
        bytes[256] = '\r';
        bytes[257] = '\n';
        return bytes;
    }
}
