package org.resilientmail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An old JVM cannot be had for a test; what it says of its version can. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
@ResourceLock(Resources.SYSTEM_ERR)
class OlderJvmTest {

    private static final String VERSION = "java.specification.version";

    @ParameterizedTest
    @CsvSource({"1.8, 8", "11, 11", "16, 16"})
    void a_jvm_that_is_too_old_gets_one_line_and_nothing_else(String says, String means) throws Exception {
        String before = System.getProperty(VERSION);
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        URL classes =
                ResilientMailAgent.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader fresh = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            System.setProperty(VERSION, says);
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            // without instrumentation: whatever it did with it would fail, and be said
            fresh.loadClass(ResilientMailAgent.class.getName())
                    .getMethod("premain", String.class, Instrumentation.class)
                    .invoke(null, null, null);
        } finally {
            System.setErr(err);
            System.setProperty(VERSION, before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("resilient-mail agent: needs Java 17 or newer, and this is Java " + means
                        + "; mail is sent without it");
    }
}
