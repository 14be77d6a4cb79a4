package org.resilientmail.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.resilientmail.config.Given.errorOf;
import static org.resilientmail.config.Given.properties;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolutionCacheTest {

    @Test
    void equal_properties_lead_to_the_same_instance() {
        AccountConfigs first = Given.resolved(properties("session.max-open", "11"));

        assertThat(Given.resolved(properties("session.max-open", "11"))).isSameAs(first);
        assertThat(Given.resolved(properties("session.max-open", "12"))).isNotSameAs(first);
        assertThat(ConfigResolver.resolve(null, properties("session.max-open", "11"), null))
                .as("an equal system property is another origin")
                .isNotSameAs(first);
    }

    @Test
    void a_change_of_other_peoples_properties_changes_nothing() {
        Properties session = properties("session.max-open", "13");
        AccountConfigs first = Given.resolved(session);

        session.setProperty("mail.smtp.host", "elsewhere");

        assertThat(Given.resolved(session)).isSameAs(first);
    }

    @Test
    void a_system_property_that_changes_later_is_seen() {
        Properties system = properties("session.max-open", "14");
        assertThat(open(system)).isEqualTo(14);

        system.setProperty("mail.resilient.session.max-open", "15");
        assertThat(open(system)).isEqualTo(15);

        system.remove("mail.resilient.session.max-open");
        assertThat(open(system)).isEqualTo(4);

        system.setProperty("mail.resilient.typo", "1");
        assertThat(errorOf(() -> open(system))).contains("mail.resilient.typo (system property) is not a known key");
    }

    @Test
    void a_file_that_changes_in_size_or_time_is_read_again(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "mail.resilient.session.max-open=5");
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        Files.setLastModifiedTime(file, time);
        Properties system = properties("config", file.toString());
        assertThat(open(system)).isEqualTo(5);

        Files.writeString(file, "mail.resilient.session.max-open=16");
        Files.setLastModifiedTime(file, time);
        assertThat(open(system)).as("same time, other size").isEqualTo(16);

        Files.writeString(file, "mail.resilient.session.max-open=17");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_001_000L));
        assertThat(open(system)).as("same size, other time").isEqualTo(17);

        Files.delete(file);
        assertThat(errorOf(() -> open(system))).contains("does not exist");
    }

    @Test
    void an_unchanged_file_is_not_read_again(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "mail.resilient.session.max-open=5");
        Properties system = properties("config", file.toString());

        assertThat(ConfigResolver.resolve(null, system, null)).isSameAs(ConfigResolver.resolve(null, system, null));
    }

    @Test
    void a_mistake_that_was_corrected_outside_is_seen(@TempDir Path folder) throws IOException {
        Path rules = folder.resolve("rules");
        Properties system = properties("replies", rules.toString());
        assertThat(errorOf(() -> open(system))).contains("does not exist");

        Files.writeString(rules, "");

        assertThat(ConfigResolver.resolve(null, system, null)
                        .forAccount("h", "u")
                        .replies())
                .contains(rules);
    }

    @Test
    void class_loaders_have_their_own_file_and_are_not_kept(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("resilient-mail.properties"), "mail.resilient.session.max-open=6");
        URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
        Properties session = properties("session.max-messages", "66");
        AccountConfigs first = ConfigResolver.resolve(session, null, loader);

        assertThat(ConfigResolver.resolve(session, null, loader)).isSameAs(first);
        assertThat(ConfigResolver.resolve(session, null, null)).isNotSameAs(first);

        WeakReference<ClassLoader> gone = new WeakReference<>(loader);
        loader.close();
        loader = null;
        for (int i = 0; i < 100 && gone.get() != null; i++) {
            System.gc();
        }
        assertThat(gone.get()).isNull();
    }

    @Test
    void the_cache_is_bounded_and_forgets_what_was_not_used() {
        ResolutionCache cache = new ResolutionCache();
        AccountConfigs used = new AccountConfigs(OperationSettings.NONE, ResilientConfig.defaults(), Map.of());
        cache.keep(key(0), used);

        for (int i = 1; i < 3 * ResolutionCache.CAPACITY; i++) {
            cache.keep(key(i), new AccountConfigs(OperationSettings.NONE, ResilientConfig.defaults(), Map.of()));
            assertThat(cache.get(key(0))).isSameAs(used);
        }

        assertThat(cache.size()).isEqualTo(ResolutionCache.CAPACITY);
        assertThat(cache.get(key(1))).isNull();
    }

    @Test
    void threads_that_resolve_at_once_get_one_instance() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<AccountConfigs> resolve = () -> Given.resolved(properties("session.max-open", "18"));
            List<AccountConfigs> results = new ArrayList<>();
            for (Future<AccountConfigs> future : threads.invokeAll(Collections.nCopies(64, resolve))) {
                results.add(future.get());
            }
            assertThat(results)
                    .hasSize(64)
                    .allSatisfy(result -> assertThat(result).isSameAs(results.get(0)));
        } finally {
            threads.shutdownNow();
        }
    }

    private static ResolutionCache.Key key(int number) {
        return new ResolutionCache.Key(
                Map.of("mail.resilient.session.max-open", String.valueOf(number)),
                Map.of(),
                null,
                new ResolutionCache.LoaderRef(null));
    }

    private static int open(Properties system) {
        return ConfigResolver.resolve(new Properties(), system, null)
                .forAccount("h", "u")
                .session()
                .maxOpen();
    }
}
