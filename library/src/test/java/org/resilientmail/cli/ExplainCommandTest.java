package org.resilientmail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.reply.ReplyClassifier;

class ExplainCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(byte[] input, String... args) {
        try (PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream complained = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            return new ExplainCommand(new ByteArrayInputStream(input), printed, complained).run(args);
        }
    }

    private int run(String... args) {
        return run(new byte[0], args);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aReplyIsExplainedWithAllThatFollows() {
        int status = run("explain", "452 4.5.3 Too many recipients (max 50 per message)", "--phase", "RCPT");

        assertThat(status).isZero();
        assertThat(printed())
                .contains("kind:      TOO_MANY_RECIPIENTS (recipients-per-message)")
                .contains("exception: org.resilientmail.failure.RecipientRejected")
                .contains("retry:     yes, split into several envelopes")
                .contains("scope:     message")
                .contains("wait:      0 s")
                .contains("limit:     recipients-per-message = 50")
                .contains("rule:      kw.many-recipients (RFC 5321 4.5.3.1.10)")
                .contains("advice:    The message has more recipients");
        assertThat(complained()).isEmpty();
    }

    @Test
    void thePhaseChangesTheMeaningAndMayBeWrittenInLowerCase() {
        run("explain", "--phase", "mail", "452 4.5.3 Too many");

        assertThat(printed()).contains("SESSION_LIMIT (messages)").contains("MAIL");
    }

    @Test
    void anAgreementIsNoFailure() {
        run("explain", "250 OK");

        assertThat(printed()).contains("exception: none").contains("retry:     no");
    }

    @Test
    void aMultiLineReplyIsGivenWithEscapedLineBreaks() {
        run(
                "explain",
                "550-Requested action not taken: mailbox unavailable\\n550 Failure sending mail. Try again later");

        assertThat(printed()).contains("gmx.failure");
    }

    @Test
    void theUsersRulesComeFirst(@TempDir Path folder) throws IOException {
        Path rules = Files.writeString(
                folder.resolve("own.txt"), "own | * | * | * | xyzzy | QUOTA_EXCEEDED | - | handbook | 550 xyzzy\n");

        run("explain", "550 xyzzy", "--rules", rules.toString());
        run("explain", "--rules-list", "--rules", rules.toString());
        run("xyzzy is 550\n".getBytes(StandardCharsets.UTF_8), "explain", "--tsv", "--rules", rules.toString());

        assertThat(printed())
                .contains("rule:      own (handbook)")
                .contains("\nown\tQUOTA_EXCEEDED\tplan\thandbook\t550 xyzzy\n")
                .endsWith("-\txyzzy is 550\tQUOTA_EXCEEDED\tlater\taccount\t-\town\n");
    }

    @Test
    void tsvAnswersEachLineInOrder() {
        String input = "RCPT\t452 4.5.3 Too many recipients\r\n"
                + "-\t550-first\\n550 5.1.1 User unknown\n"
                + "\n"
                + "AUTH\t550 Too many messages. Try again in 92 seconds.\n"
                + "RCPT\ta\ttab and \u001bcontrol\n"
                + "BOGUS\t421 4.7.0 Closing connection due to inactivity\n"
                + "no tab at all, and longer than the name of any phase\n"
                + "DATA\t354";

        int status = run(input.getBytes(StandardCharsets.UTF_8), "explain", "--tsv");

        assertThat(status).isZero();
        assertThat(printed().split("\n"))
                .containsExactly(
                        "RCPT\t452 4.5.3 Too many recipients\tTOO_MANY_RECIPIENTS\tyes\tmessage\t0\tkw.many-recipients",
                        "-\t550-first\\n550 5.1.1 User unknown\tRECIPIENT_REJECTED\tno\trecipient\t-\tkw.recipient-unknown",
                        "-\t\tUNKNOWN\tno\tmessage\t-\tcc.blank",
                        "AUTH\t550 Too many messages. Try again in 92 seconds.\tRATE_LIMITED\tyes\taccount\t92\tkw.rate-named-wait",
                        "RCPT\ta tab and  control\tUNKNOWN\tno\trecipient\t-\tcc.any",
                        "BOGUS\t421 4.7.0 Closing connection due to inactivity\tSESSION_LIMIT\tyes\tsession\t0\trelay.idle",
                        "-\tno tab at all, and longer than the name of any phase\tUNKNOWN\tno\tmessage\t-\tcc.any",
                        "DATA\t354\tUNKNOWN\tno\tmessage\t-\tok.3");
    }

    @Test
    void tsvPassesBytesThatAreNoUtf8() {
        byte[] input = {'-', '\t', '5', '5', '0', ' ', (byte) 0xff, (byte) 0xc3, '\n'};

        run(input, "explain", "--tsv");

        assertThat(out.toByteArray())
                .startsWith(new byte[] {'-', '\t', '5', '5', '0', ' ', (byte) 0xff, (byte) 0xc3, '\t'});
    }

    @Test
    void tsvPassesALineOfTenMegabytes() {
        byte[] input =
                ("-\t550 5.1.1 User unknown " + "x".repeat(10_000_000) + "\n250 OK\n").getBytes(StandardCharsets.UTF_8);

        run(input, "explain", "--tsv");

        assertThat(out.size()).isGreaterThan(10_000_000);
        assertThat(printed().substring(10_000_000))
                .contains("RECIPIENT_REJECTED")
                .endsWith("ok.2\n");
    }

    @Test
    void theListNamesEveryRuleOnALineOfItsOwn() {
        assertThat(run("explain", "--rules-list")).isZero();

        assertThat(printed().lines()).hasSize(ReplyClassifier.shipped().rules().size());
        assertThat(printed()).contains("sendgrid.credits\tQUOTA_EXCEEDED\tcredits\tSendGrid SMTP errors\t451 ");
    }

    @Test
    void checkingNamesTheBadLines(@TempDir Path folder) throws IOException {
        Path good = Files.writeString(folder.resolve("good.txt"), "a | * | * | * | xyzzy | UNKNOWN | - | - | -\n");
        Path bad = Files.writeString(folder.resolve("bad.txt"), "a\nb | * | 9 | * | x | UNKNOWN | - | - | -\n");

        assertThat(run("explain", "--check", good.toString())).isZero();
        assertThat(run("explain", "--check", bad.toString())).isEqualTo(1);
        assertThat(printed())
                .contains("good.txt: no problem found")
                .contains("bad.txt, line 1: ")
                .contains("bad.txt, line 2: codes \"9\"");
    }

    @Test
    void aRuleFileThatCannotBeUsedIsOneLineAndStatusOne() {
        assertThat(run("explain", "550 x", "--rules", "/nowhere/rules.txt")).isEqualTo(1);

        assertThat(complained().lines()).hasSize(1);
        assertThat(printed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "help",
                "explain",
                "explain --phase RCPT",
                "explain 550 551",
                "explain 550 --tsv",
                "explain --tsv --rules-list",
                "explain --check",
                "explain --check x --rules y",
                "explain 550 --phase",
                "explain 550 --phase NOWHERE",
                "explain --tsv --phase RCPT",
                "explain 550 --colour",
                "explain -h",
                "explain -- 550",
                "explain 550 --phase RCPT --phase MAIL",
                "explain 550 --rules a --rules b"
            })
    void wrongUsageIsOneLineOfHelpAndStatusTwo(String line) {
        int status = run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(status).isEqualTo(2);
        assertThat(complained().lines()).hasSize(1);
        assertThat(complained()).contains("usage: explain REPLY");
        assertThat(printed()).isEmpty();
    }
}
