package org.resilientmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.eclipse.angus.mail.smtp.SMTPOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines and dots come out as they do with Angus, however they were written. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WholeLinesTest {

    private static final byte[] OCTETS = {'\r', '\n', '.', 'a', 'b', '+', '\t', 0, (byte) 0x8a, (byte) 0xff};

    private static byte[] asAngus(byte[] text) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        SMTPOutputStream angus = new SMTPOutputStream(wire);
        angus.write(text);
        angus.ensureAtBOL();
        return wire.toByteArray();
    }

    private record Written(byte[] wire, byte[] lines, boolean dots) {}

    private static Written asOurs(byte[] text, Random cuts) throws IOException {
        Spool spool = new Spool(1 << 20);
        WholeLines lines = new WholeLines(spool);
        int from = 0;
        while (from < text.length) {
            int now = Math.min(text.length - from, cuts.nextInt(20));
            if (now == 1) {
                lines.write(text[from]);
            } else {
                lines.write(text, from, now);
            }
            from += now;
        }
        lines.end();
        spool.finish(lines.hasDots());
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        spool.copyTo(plain);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        DoubledDots dots = new DoubledDots(wire);
        byte[] all = plain.toByteArray();
        for (int at = 0; at < all.length; at++) {
            int now = Math.min(all.length - at, cuts.nextInt(9));
            dots.write(all, at, now);
            at += now - 1;
        }
        return new Written(wire.toByteArray(), all, spool.hasDots());
    }

    @Test
    void random_octets_come_out_as_with_angus() throws Exception {
        Random random = new Random(6);
        for (int i = 0; i < 20_000; i++) {
            byte[] text = new byte[1 + random.nextInt(60)];
            int variety = 2 + random.nextInt(OCTETS.length - 1);
            for (int at = 0; at < text.length; at++) {
                text[at] = OCTETS[random.nextInt(variety)];
            }
            Written ours = asOurs(text, random);
            byte[] angus = asAngus(text);
            assertThat(ours.wire()).as("%s", (Object) text).isEqualTo(angus);
            assertThat(ours.dots()).isEqualTo(angus.length > ours.lines().length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".", "a\r\n.", "a\n.b\n", "\r.", "aaaaaaaaaaaaaa\r\n.aaaaaaaa", "aaaaaaa\n.", "aaaaaa\r\n."})
    void a_dot_that_begins_a_line_is_seen_wherever_the_line_is_cut(String text) throws Exception {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        for (int seed = 0; seed < 50; seed++) {
            assertThat(asOurs(octets, new Random(seed)).dots()).isTrue();
        }
    }
}
