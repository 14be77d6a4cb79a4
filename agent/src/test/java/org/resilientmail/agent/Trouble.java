package org.resilientmail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.Step;

/** What goes wrong at the relay while an application sends its messages to {@code to1}, {@code to2} and so on. */
enum Trouble {
    NONE,
    GREETING_421 {
        @Override
        void plan(ScriptedSmtpServer server) {
            server.on(Step.CONNECT).replyThenClose("421 4.3.2 Service not available, closing transmission channel");
        }
    },
    RCPT_451 {
        @Override
        void plan(ScriptedSmtpServer server) {
            server.on(Step.RCPT).reply("451 4.3.0 Temporary problem, try again");
        }
    },
    RCPT_550("to2@example.com", "SendFailedException") {
        @Override
        void plan(ScriptedSmtpServer server) {
            server.on(Step.RCPT).to("to2@example.com").always().reply("550 5.1.1 User unknown");
        }
    },
    DATA_RESET {
        @Override
        void plan(ScriptedSmtpServer server) {
            server.on(Step.DATA).reset();
        }
    },
    /** The relay has the message, and nobody was told so: once is what counts. */
    DOT_RESET("to1@example.com", "DeliveryUncertain<") {
        @Override
        void plan(ScriptedSmtpServer server) {
            server.on(Step.END_OF_DATA).fault(Fault.ACCEPT_THEN_RESET);
        }

        @Override
        int copiesOfFailed() {
            return 1;
        }
    },
    AUTH_535("example.com", "AuthenticationFailedException") {
        @Override
        void plan(ScriptedSmtpServer server) {
            server.on(Step.AUTH).always().reply("535 5.7.8 Authentication credentials invalid");
        }
    },
    SESSION_OF_20 {
        @Override
        ServerBuilder built(ServerBuilder builder) {
            return builder.maxMessagesPerSession(20, "421 4.7.0 Too many messages, closing connection");
        }

        /** Each of two transports that take turns comes to the limit as well. */
        @Override
        int messages() {
            return 45;
        }
    },
    SESSIONS_1 {
        @Override
        ServerBuilder built(ServerBuilder builder) {
            return builder.maxSessions(1, Step.CONNECT, "421 4.7.0 Too many concurrent SMTP connections");
        }
    };

    private final String failed;
    private final String failure;

    Trouble() {
        this("nobody", "");
    }

    Trouble(String failed, String failure) {
        this.failed = failed;
        this.failure = failure;
    }

    void plan(ScriptedSmtpServer server) {
        // goes well
    }

    ServerBuilder built(ServerBuilder builder) {
        return builder;
    }

    /** How many messages an application sends. */
    int messages() {
        return 5;
    }

    ScriptedSmtpServer server(boolean tls) {
        ServerBuilder builder = built(ScriptedSmtpServer.builder().user("app", "secret"));
        ScriptedSmtpServer server = (tls ? builder.implicitTls() : builder).start();
        plan(server);
        return server;
    }

    /** Whether not even the agent can get this message through, or knows that it is through. */
    boolean fails(String recipient) {
        return recipient.endsWith(failed);
    }

    /** Whether the application was told the truth of each of its messages, in their order. */
    void check(String... ends) {
        assertThat(ends).as("%s", this).hasSize(messages());
        for (int i = 1; i <= ends.length; i++) {
            String recipient = "to" + i + "@example.com";
            if (fails(recipient)) {
                assertThat(ends[i - 1]).as("%s %s", this, recipient).contains(failure);
            } else {
                assertThat(ends[i - 1]).as("%s %s", this, recipient).isEqualTo("sent");
            }
        }
    }

    /** How often the server has a message that fails. */
    int copiesOfFailed() {
        return 0;
    }
}
