package org.resilientmail.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.resilientmail.config.Given.errorOf;
import static org.resilientmail.config.Given.properties;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

    @TempDir
    private Path folder;

    @Test
    void a_file_is_read_in_utf8_and_may_hold_other_settings() throws IOException {
        Path file = write(
                "app.greeting = Grüß Gott",
                "mail.resilient.account.a.host = h",
                "mail.resilient.account.a.user = jürgen",
                "mail.resilient.account.a.session.max-open: 3   ");

        assertThat(resolve(file).forAccount("h", "jürgen").session().maxOpen()).isEqualTo(3);
    }

    @Test
    void a_byte_order_mark_does_not_hide_the_first_key() throws IOException {
        Path file = write("\uFEFFmail.resilient.session.max-open=3");

        assertThat(resolve(file).forAccount("h", "u").session().maxOpen()).isEqualTo(3);
    }

    @Test
    void an_empty_file_configures_nothing() throws IOException {
        assertThat(resolve(write("")).forAccount("h", "u")).isEqualTo(ResilientConfig.defaults());
    }

    @Test
    void mistakes_in_a_file_name_it_and_come_in_its_order() throws IOException {
        Path file = write(
                "mail.resilient.session.max-open=none",
                "mail.resilient.enabeld=true",
                "mail.resilient.rate.max-wait=3");

        assertThat(errorOf(() -> resolve(file)).lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains(" (file " + file + ") "))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("mail.resilient.session.max-open=none "),
                        second -> assertThat(second).endsWith("did you mean mail.resilient.enabled?"),
                        third -> assertThat(third).contains("has no unit"));
    }

    @Test
    void a_key_that_stands_twice_with_different_values_is_a_mistake() throws IOException {
        Path file = write(
                "mail.resilient.session.max-open=3",
                "mail.resilient.session.max-open=4",
                "mail.resilient.session.max-idle=5s",
                "mail.resilient.session.max-idle=5s");

        assertThat(errorOf(() -> resolve(file)))
                .isEqualTo("mail.resilient.session.max-open (file " + file
                        + ") stands there twice with different values; allowed: once");
    }

    @Test
    void a_missing_file_is_a_mistake() {
        Path missing = folder.resolve("missing.properties");

        assertThat(errorOf(() -> resolve(missing)))
                .startsWith("mail.resilient.config=" + missing + " (Session property) does not exist (looked at "
                        + missing);
        assertThat(errorOf(() -> resolve(folder))).contains("is not a file");
        assertThat(errorOf(() -> ConfigResolver.resolve(null, properties("config", "\0"), null)))
                .startsWith("mail.resilient.config= (system property) is not a path".replace("= (", "=\\u0000 ("));
    }

    @Test
    void a_file_that_is_not_text_is_a_mistake() throws IOException {
        Path latin1 =
                Files.write(folder.resolve("latin1"), "mail.resilient.x=\u00fc".getBytes(StandardCharsets.ISO_8859_1));
        Path escapes = write("mail.resilient.replies=C:\\users\\rules");

        assertThat(errorOf(() -> resolve(latin1))).isEqualTo("file " + latin1 + " is not UTF-8");
        assertThat(errorOf(() -> resolve(escapes)))
                .startsWith("file " + escapes + " is not a properties file: a \\u is not followed by four");
    }

    @Test
    void a_file_cannot_name_another_file() throws IOException {
        assertThat(errorOf(() -> resolve(write("mail.resilient.config=other.properties"))))
                .contains("is not allowed here", "as Session or system property only");
    }

    @Test
    void without_a_named_file_the_one_on_the_class_path_is_read() throws IOException {
        write("mail.resilient.session.max-open=3");

        try (URLClassLoader loader = loader(folder.toUri().toURL())) {
            assertThat(open(new Properties(), loader)).isEqualTo(3);
            assertThat(open(properties("session.max-open", "2"), loader)).isEqualTo(2);
            assertThat(open(properties("config", "none"), loader)).isEqualTo(4);
        }
    }

    @Test
    void a_named_file_replaces_the_one_on_the_class_path() throws IOException {
        write("mail.resilient.session.max-open=3");
        Path named = Files.writeString(folder.resolve("named"), "mail.resilient.session.max-idle=3s");

        try (URLClassLoader loader = loader(folder.toUri().toURL())) {
            assertThat(open(properties("config", named.toString()), loader)).isEqualTo(4);
        }
    }

    @Test
    void a_file_in_a_jar_is_found_and_named_in_errors() throws IOException {
        Path jar = folder.resolve("app.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry("resilient-mail.properties"));
            entries.write("mail.resilient.session.max-open=0".getBytes(StandardCharsets.UTF_8));
        }

        try (URLClassLoader loader = loader(jar.toUri().toURL())) {
            assertThat(errorOf(() -> ConfigResolver.resolve(null, null, loader)))
                    .startsWith(
                            "mail.resilient.session.max-open=0 (file resilient-mail.properties on the class path, jar:")
                    .contains("app.jar!/resilient-mail.properties) is less than 1");
        }
    }

    private static URLClassLoader loader(URL url) {
        return new URLClassLoader(new URL[] {url}, null);
    }

    private static int open(Properties session, ClassLoader loader) {
        return ConfigResolver.resolve(session, null, loader)
                .forAccount("h", "u")
                .session()
                .maxOpen();
    }

    private AccountConfigs resolve(Path file) {
        return ConfigResolver.resolve(properties("config", file.toString()), new Properties(), Given.NO_CLASS_PATH);
    }

    private Path write(String... lines) throws IOException {
        return Files.writeString(folder.resolve("resilient-mail.properties"), String.join("\n", lines));
    }
}
