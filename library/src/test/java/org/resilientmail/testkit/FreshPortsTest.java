package org.resilientmail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreshPortsTest {

    @Test
    void a_port_that_was_closed_is_not_given_to_the_next_server() throws Exception {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 2_000; i++) { // left to chance, some 130 would come twice
            try (ServerSocket socket = FreshPorts.listen(1)) {
                assertThat(given.add(socket.getLocalPort())).isTrue();
            }
        }
    }
}
