package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExitHookTest {

    private final ExitHook hook = new ExitHook(() -> {});

    @Test
    void it_stays_while_anybody_needs_it() {
        hook.install();
        hook.install(); // the next housekeeper begins before the last one has ended
        hook.remove();
        assertThat(hook.isInstalled()).isTrue();
        hook.remove();
        assertThat(hook.isInstalled()).isFalse();
    }

    @Test
    void it_can_be_installed_again() {
        for (int i = 0; i < 3; i++) {
            hook.install();
            assertThat(hook.isInstalled()).isTrue();
            hook.remove();
            assertThat(hook.isInstalled()).isFalse();
        }
    }
}
