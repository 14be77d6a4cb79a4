package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Address;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.event.ConnectionAdapter;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.event.TransportListener;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.resilientmail.ResilientMail;
import org.resilientmail.ResilientTransport;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.TestSessions;

/**
 * One scenario, run once on undecorated Angus and once on ours, each against a server of its own that behaves the same.
 * Every refusal is final here: trying again is the difference that is meant. Not for use by several threads.
 */
final class SideBySide {

    /** Something done with a transport of the Session. */
    interface Action {
        void run(SMTPTransport transport, Session session) throws Exception;
    }

    /** Makes a message of the Session. */
    interface MessageMaker {
        MimeMessage make(Session session) throws Exception;
    }

    private Supplier<ServerBuilder> kind = ScriptedSmtpServer::builder;
    private Consumer<ScriptedSmtpServer> script = server -> {};
    private Consumer<TestSessions> settings = sessions -> {};

    static SideBySide scenario() {
        return new SideBySide();
    }

    SideBySide server(Supplier<ServerBuilder> wanted) {
        kind = wanted;
        return this;
    }

    SideBySide script(Consumer<ScriptedSmtpServer> wanted) {
        script = wanted;
        return this;
    }

    SideBySide settings(Consumer<TestSessions> wanted) {
        settings = wanted;
        return this;
    }

    /** Connects, sends to all recipients of the message, closes. */
    Pair sending(MessageMaker maker) throws Exception {
        return doing((transport, session) -> {
            MimeMessage message = maker.make(session);
            message.saveChanges();
            Address[] recipients = message.getAllRecipients();
            transport.connect();
            transport.sendMessage(message, recipients);
        });
    }

    /** Sends a small message to these. */
    Pair sendingTo(String... recipients) throws Exception {
        return sending(session -> Messages.to(session, recipients));
    }

    /** Does the same with both. */
    Pair doing(Action action) throws Exception {
        return new Pair(run(action, true), run(action, false));
    }

    private Observed run(Action action, boolean angus) throws Exception {
        try (ScriptedSmtpServer server = kind.get().start()) {
            script.accept(server);
            TestSessions sessions = TestSessions.of(server).set("mail.resilient.retry.max-attempts", "1");
            settings.accept(sessions);
            if (angus) {
                sessions.plainAngus();
            }
            Dispatcher dispatcher = new Dispatcher();
            Session session = sessions.set("mail.event.executor", dispatcher).session();
            SMTPTransport transport = (SMTPTransport) session.getTransport();
            assertThat(transport instanceof ResilientTransport).isEqualTo(!angus);
            return observe(server, transport, session, action, dispatcher);
        }
    }

    private static Observed observe(
            ScriptedSmtpServer server, SMTPTransport transport, Session session, Action action, Dispatcher dispatcher)
            throws Exception {
        Ears ears = new Ears();
        transport.addTransportListener(ears);
        transport.addConnectionListener(ears.connections);
        Exception thrown = null;
        try {
            action.run(transport, session);
        } catch (Exception e) {
            thrown = e;
        }
        String lastResponse = transport.getLastServerResponse();
        int lastCode = transport.getLastReturnCode();
        transport.close();
        boolean ended = dispatcher.await(Duration.ofMillis(transport instanceof ResilientTransport ? 20_000 : 500));
        // Angus tells of a lost connection after it has ended its dispatcher, which begins anew then and never ends.
        assertThat(ended || !(transport instanceof ResilientTransport)).isTrue();
        ResilientMail.closeAll();
        server.account().awaitOpenSockets(0);
        return new Observed(
                thrown,
                List.copyOf(ears.events),
                List.copyOf(ears.connectionEvents),
                lastResponse,
                lastCode,
                server.account().sessions().stream()
                        .map(record -> record.commands().stream()
                                .map(SideBySide::withoutSize)
                                .toList())
                        .toList(),
                server.account().accepted().stream()
                        .map(message -> withoutChance(message.text()))
                        .toList());
    }

    private static String withoutSize(String command) {
        return command.replaceAll("^\\(\\d+ octets", "(some octets")
                .replaceAll("SIZE=\\d+", "SIZE=n")
                .replaceAll("^BDAT \\d+ LAST", "BDAT n LAST");
    }

    private static String withoutChance(String message) {
        return message.replaceAll("(?im)^(Message-ID|Date|X-Test-Mark|Subject): .*\r\n", "$1\r\n")
                .replaceAll("----=_Part_[0-9._]+", "boundary");
    }

    /** What both showed. */
    record Pair(Observed angus, Observed ours) {

        /** Everything an application can see is the same, but for the message, which only begins so. */
        Pair areAlike() {
            assertThat(ours.commands()).as("what the server heard").isEqualTo(angus.commands());
            assertThat(ours.bodies()).as("what the server accepted").isEqualTo(angus.bodies());
            return tellTheSame();
        }

        /** As {@link #areAlike()}, without the wire. */
        Pair tellTheSame() {
            assertThat(ours.lastResponse()).as("last response").isEqualTo(angus.lastResponse());
            assertThat(ours.lastCode()).as("last code").isEqualTo(angus.lastCode());
            return failAlike();
        }

        /** As {@link #tellTheSame()}, without what the transport object tells afterwards. */
        Pair failAlike() {
            assertThat(ours.connectionEvents()).as("connection events").isEqualTo(angus.connectionEvents());
            assertThat(ours.eventTexts()).as("events").isEqualTo(angus.eventTexts());
            if (angus.thrown() == null) {
                assertThat(ours.thrown()).isNull();
                return this;
            }
            assertThat(ours.thrown()).isInstanceOf(angus.thrown().getClass());
            if (angus.thrown() instanceof SendFailedException) {
                assertThat(ours.arrays()).as("address arrays").isEqualTo(angus.arrays());
            }
            if (angus.thrown() instanceof SMTPSendFailedException known) {
                SMTPSendFailedException told = (SMTPSendFailedException) ours.thrown();
                assertThat(told.getCommand()).isEqualTo(known.getCommand());
                assertThat(told.getReturnCode()).isEqualTo(known.getReturnCode());
            }
            assertThat(ours.angusChain())
                    .as("exceptions in the chain")
                    .endsWith(angus.angusChain().toArray(String[]::new));
            return this;
        }

        /** As {@link #areAlike()}, and ours is a typed failure. */
        Pair areAlikeInFailure() {
            assertThat(angus.thrown()).isNotNull();
            areAlike();
            assertThat(ours.thrown()).isInstanceOf(MailFailure.class);
            return this;
        }

        /** As {@link #areAlike()}, and nothing went wrong. */
        Pair areAlikeInSuccess() {
            assertThat(angus.thrown()).isNull();
            return areAlike();
        }
    }

    /** Listens to a transport. Events come in a thread of Jakarta Mail, the one of the closing last. */
    private static final class Ears implements TransportListener {

        private final List<TransportEvent> events = new CopyOnWriteArrayList<>();
        private final List<Integer> connectionEvents = new CopyOnWriteArrayList<>();
        private final ConnectionAdapter connections = new ConnectionAdapter() {
            @Override
            public void opened(ConnectionEvent event) {
                connectionEvents.add(event.getType());
            }

            @Override
            public void closed(ConnectionEvent event) {
                connectionEvents.add(event.getType());
            }
        };

        @Override
        public void messageDelivered(TransportEvent event) {
            events.add(event);
        }

        @Override
        public void messageNotDelivered(TransportEvent event) {
            events.add(event);
        }

        @Override
        public void messagePartiallyDelivered(TransportEvent event) {
            events.add(event);
        }
    }
}
