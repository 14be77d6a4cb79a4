package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.resilientmail.DeliveryEvent;
import org.resilientmail.DeliveryListener;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** Replies that would paint a terminal, forge a line of a log, or fill it: wherever we print them, they are one plain line. */
@Timeout(120)
class HostileRepliesTest {

    private static final int LONGEST = 6_000;

    /** Escape sequences (7-bit and C1), overrides of direction, line and paragraph separators, BOM, tag characters. */
    private static final String EVIL = "Go\u001b[31m\u009b2J\u0007\b\u007f\u0085away \u202eliame\u202c \u2066a\u2069"
            + "\u2028\u2029\ufeff\udb40\udc41\u0000ok";

    private final ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().user("user", "secret").startTls().start();

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final DeliveryListener listener = event -> {
        if (event.account().endsWith(":" + server.port())) {
            told.add(event.toString());
            if (event instanceof DeliveryEvent.Failed failed) {
                told.addAll(wordsOf(failed.failure()));
            }
        }
    };

    @BeforeEach
    void listen() {
        ResilientMail.addListener(listener);
    }

    @AfterEach
    void endAll() {
        ResilientMail.removeListener(listener);
        ResilientMail.closeAll();
        server.close();
    }

    static Stream<Arguments> replies() {
        return Stream.of(
                        Step.CONNECT,
                        Step.EHLO,
                        Step.STARTTLS,
                        Step.AUTH,
                        Step.MAIL,
                        Step.RCPT,
                        Step.DATA,
                        Step.END_OF_DATA)
                .flatMap(step -> Stream.of(
                                "550 5.7.1 " + EVIL,
                                "451 4.3.0 " + EVIL + "x".repeat(9_000),
                                "421-" + EVIL + "\n421 4.3.2 " + EVIL,
                                EVIL,
                                "9" + EVIL + " " + "y".repeat(9_000),
                                "250-" + EVIL + "\n550 " + EVIL)
                        .flatMap(reply -> Stream.of(true, false).map(utf8 -> Arguments.of(step, reply, utf8))));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("replies")
    void what_we_print_of_a_reply_is_one_plain_line(Step step, String reply, boolean utf8) throws Exception {
        server.on(step).always().replyThenClose(reply);
        Session session = TestSessions.of(server)
                .as("user", "secret")
                .startTls()
                .set("mail.mime.allowutf8", Boolean.toString(utf8))
                .set("mail.resilient.retry.max-attempts", "2")
                .set("mail.resilient.retry.initial-wait", "1ms")
                .set("mail.resilient.retry.max-wait", "2ms")
                .session();
        Attempt attempt = Attempt.of(Messages.to(session, "a@example.com", "b@example.com"));
        List<String> printed = new ArrayList<>(told);
        printed.addAll(wordsOf(attempt.failure()));
        // Jakarta Mail's own lines between the exceptions of a chain are the only ones.
        printed.addAll(List.of(attempt.thrown().orElseThrow().toString().split(";\n  nested exception is:\n\t")));
        assertThat(printed).allSatisfy(HostileRepliesTest::assertPlain);
    }

    private static List<String> wordsOf(MailFailure failure) {
        List<String> words = new ArrayList<>(List.of(
                ((Exception) failure).getMessage(),
                failure.advice(),
                failure.report().toString(),
                failure.classification().toString()));
        failure.reply().ifPresent(reply -> words.addAll(List.of(reply.text(), reply.toString())));
        failure.recipients().forEach(recipient -> words.add(recipient.toString()));
        return words;
    }

    static void assertPlain(String text) {
        assertThat(text.length()).isLessThan(LONGEST);
        assertThat(text.codePoints().filter(HostileRepliesTest::isHarmful).mapToObj(Integer::toHexString))
                .as(text)
                .isEmpty();
    }

    private static boolean isHarmful(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
