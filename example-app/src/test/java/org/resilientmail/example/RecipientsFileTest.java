package org.resilientmail.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientsFileTest {

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("readers.txt"), text);
    }

    @Test
    void reads_one_address_per_line_and_skips_comments_and_empty_lines() throws IOException {
        Path file = file("# readers\n\n  a@example.com \r\nB Reader <b@example.com>\n#c@example.com");
        assertThat(RecipientsFile.read(file))
                .extracting(InternetAddress::getAddress)
                .containsExactly("a@example.com", "b@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "a b@example.com", "@example.com", "a@example.com, b@example.com", "all: a@b.c;"})
    void a_line_that_is_no_address_is_named_with_its_number(String line) throws IOException {
        Path file = file("a@example.com\n# fine\n" + line + "\n");
        assertThatThrownBy(() -> RecipientsFile.read(file))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(file + ", line 3: \"" + line + "\" is not a mail address (")
                .message()
                .hasLineCount(1);
    }

    @Test
    void a_bad_line_is_shown_short_and_printable() throws IOException {
        Path file = file("\u0007" + "x".repeat(500));
        assertThatThrownBy(() -> RecipientsFile.read(file))
                .hasMessageContaining("line 1: \"?" + "x".repeat(79) + "...\"");
    }

    @Test
    void an_address_that_is_there_twice_is_refused_with_both_lines() throws IOException {
        Path file = file("a@example.com\nb@example.com\nA@Example.com\n");
        assertThatThrownBy(() -> RecipientsFile.read(file))
                .hasMessageContaining("line 3: \"A@Example.com\" is already in line 1");
    }

    @Test
    void a_file_without_recipients_is_refused() throws IOException {
        Path file = file("# nobody yet\n");
        assertThatThrownBy(() -> RecipientsFile.read(file)).hasMessageContaining("no recipients in it");
    }

    @Test
    void a_missing_file_is_named() {
        Path file = folder.resolve("absent.txt");
        assertThatThrownBy(() -> RecipientsFile.read(file)).hasMessage(file + ": there is no such file");
    }

    @Test
    void a_file_in_another_encoding_is_refused() throws IOException {
        Path file = Files.write(folder.resolve("latin1.txt"), "ä@example.com".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> RecipientsFile.read(file)).hasMessage(file + ": is not UTF-8 text");
    }
}
