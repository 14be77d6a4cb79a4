package org.resilientmail.flight;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.LeakCheck;
import org.resilientmail.testkit.Messages;

/** Something between us and the relay lets its announcements pass, and not the commands that follow from them. */
@Timeout(60)
class AnnouncedInVainTest {

    @RegisterExtension
    final LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");

    @AfterEach
    void closeAll() {
        ResilientMail.closeAll();
    }

    /** Takes the octets behind BDAT for commands. */
    private static void withoutBdat(RawRelay.Line line) throws IOException {
        line.greet("PIPELINING", "CHUNKING");
        for (String command = line.hear(); command != null; command = line.hear()) {
            switch (command.split("[ :]")[0]) {
                case "MAIL", "RSET", "NOOP" -> line.say("250 2.0.0 Ok");
                case "RCPT" -> line.say("250 2.1.5 Ok");
                case "DATA" -> {
                    line.say("354 Go on");
                    line.takeDotted("");
                    line.say("250 2.0.0 Ok");
                }
                case "QUIT" -> {
                    line.say("221 2.0.0 Bye");
                    return;
                }
                default -> line.say("500 5.5.1 Command unrecognized");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "one-flight"})
    void a_relay_that_takes_the_octets_behind_bdat_for_commands_gets_data(String chunking) throws Exception {
        try (RawRelay relay = new RawRelay((line, session) -> withoutBdat(line))) {
            Session session = relay.session("mail.resilient.chunking", chunking);
            Transport.send(Messages.to(session, "a@example.com"));
            Transport.send(Messages.to(session, "b@example.com"));
            assertThat(relay.taken).hasSize(2);
            assertThat(relay.heard.stream().filter(said -> said.startsWith("BDAT")))
                    .hasSize(1);
        }
    }
}
