package org.resilientmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.angus.mail.util.LineInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the relay says, as it comes in pieces. */
class ReplyStreamTest {

    /** Gives out each piece by a read of its own, as a network does. */
    private static ReplyStream of(String... pieces) {
        List<InputStream> streams = Stream.of(pieces)
                .map(piece -> (InputStream) new ByteArrayInputStream(piece.getBytes(StandardCharsets.ISO_8859_1)))
                .toList();
        return new ReplyStream(new SequenceInputStream(Collections.enumeration(streams)));
    }

    private static String next(ReplyStream stream) throws IOException {
        byte[] bytes = new byte[8192];
        int read = stream.read(bytes, 0, bytes.length);
        return read < 0 ? null : new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_read_ends_with_the_line() throws Exception {
        ReplyStream stream = of("250-one\r\n250 two\r\n", "220 three\n");
        assertThat(next(stream)).isEqualTo("250-one\r\n");
        assertThat(next(stream)).isEqualTo("250 two\r\n");
        assertThat(next(stream)).isEqualTo("220 three\n");
        assertThat(stream.hasEnded()).isFalse();
        assertThat(next(stream)).isNull();
        assertThat(stream.hasEnded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "354 go\r250 Ok\r\n",
                "354 go|\r250 Ok\r\n",
                "354 go\r|250 Ok\r\n",
                "354 go|\r|250 Ok|\r|\n",
            })
    void a_bare_cr_makes_no_second_reply(String pieces) throws Exception {
        LineInputStream lines = new LineInputStream(of(pieces.split("\\|")));
        assertThat(lines.readLine()).isEqualTo("354 go 250 Ok");
        assertThat(lines.readLine()).isNull();
    }

    @Test
    void a_line_longer_than_any_buffer_arrives_whole() throws Exception {
        String line = "250 " + "x".repeat(100_000) + "\r\r\n";
        LineInputStream lines = new LineInputStream(of(line));
        assertThat(lines.readLine().stripTrailing()).isEqualTo(line.stripTrailing());
    }

    @Test
    void what_comes_after_the_command_is_its_answer() throws Exception {
        ReplyStream stream = of("220 hello\r\n", "250 ok\r\n");
        next(stream);
        assertThat(stream.isAnswer()).as("the greeting").isTrue();
        stream.asking();
        assertThat(stream.isAnswer()).as("nothing yet").isFalse();
        next(stream);
        assertThat(stream.isAnswer()).isTrue();
    }

    @Test
    void what_had_begun_to_come_before_the_command_is_not() throws Exception {
        ReplyStream stream = of("354 go\r\n250 ", "ok\r\n");
        next(stream);
        stream.asking();
        assertThat(next(stream)).isEqualTo("250 ");
        assertThat(next(stream)).isEqualTo("ok\r\n");
        assertThat(stream.isAnswer()).isFalse();
    }

    @Test
    void what_was_said_before_tls_is_not_read_within_it() throws Exception {
        ReplyStream stream = of("220 go ahead\r\n250 injected\r\n");
        next(stream);
        stream.continueWith(new ByteArrayInputStream("250 secure\r\n".getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(next(stream)).isEqualTo("250 secure\r\n");
    }

    @Test
    void half_a_line_is_given_out_and_the_end_is_known() throws Exception {
        ReplyStream stream = of("250 2.0.0 Ok que");
        assertThat(new LineInputStream(stream).readLine()).isEqualTo("250 2.0.0 Ok que");
        assertThat(stream.hasEnded()).isTrue();
    }

    @Test
    void a_relay_that_does_not_stop_talking_fills_no_memory() {
        ReplyStream stream = new ReplyStream(new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        });
        List<Integer> read = new ArrayList<>();
        assertThatThrownBy(() -> {
                    while (read.size() < 2 * ReplyStream.MAX_REPLY) {
                        read.add(stream.read());
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than");
        assertThat(read).hasSize(ReplyStream.MAX_REPLY);
    }
}
