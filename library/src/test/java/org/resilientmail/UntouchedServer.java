package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.SessionRecord;

/** What a server has seen when bad input was refused before anything was sent. */
final class UntouchedServer {

    private static final Pattern OPENING = Pattern.compile("(EHLO client\\.example\\.com|AUTH .*|\\*\\*\\*|QUIT)");

    private UntouchedServer() {}

    /** No connection at all. */
    static void sawNobody(ScriptedSmtpServer server) {
        assertThat(server.account().opened()).as(server.account().transcript()).isZero();
    }

    /** Sessions may have been opened; no envelope was begun, and nothing else was slipped in. */
    static void sawNoEnvelope(ScriptedSmtpServer server) {
        for (SessionRecord session : server.account().sessions()) {
            assertThat(session.commands())
                    .as(session.toString())
                    .allSatisfy(command -> assertThat(command).matches(OPENING));
        }
        assertThat(server.account().accepted()).isEmpty();
    }
}
