package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.TransportAdapter;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.MimeMessage;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.LeakCheck;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** What the object itself answers and refuses, at every stage of its life, is what Angus' object does. */
class TransportObjectTest {

    @RegisterExtension
    final LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");

    @AfterEach
    void endSessions() {
        ResilientMail.closeAll();
    }

    private static void send(Transport transport, Session session) throws Exception {
        MimeMessage message = Messages.to(session, "a@example.com");
        message.saveChanges();
        transport.sendMessage(message, message.getAllRecipients());
    }

    /** What is written down of the object, to be compared. */
    private static String state(SMTPTransport transport) {
        String parameters = List.of("SIZE", "size", "AUTH", "8BITMIME", "STARTTLS", "NONSENSE").stream()
                .map(name ->
                        name + "=" + transport.supportsExtension(name) + "," + transport.getExtensionParameter(name))
                .toList()
                .toString();
        // Angus asks the server whether it is connected, which is the last response then.
        return transport.getLastReturnCode() + " " + transport.getLastServerResponse() + " " + parameters + " "
                + transport.isSSL() + " " + transport.isConnected();
    }

    private static void compareStates(SideBySide scenario) throws Exception {
        List<List<String>> both = new ArrayList<>();
        scenario.doing((transport, session) -> {
            List<String> states = new ArrayList<>();
            both.add(states);
            states.add(state(transport));
            transport.connect();
            states.add(state(transport));
            send(transport, session);
            states.add("" + transport.getLastReturnCode() + transport.getLastServerResponse());
            transport.close();
            states.add(transport.isConnected() + " " + transport.isSSL());
        });
        assertThat(both).hasSize(2);
        assertThat(both.get(1)).isEqualTo(both.get(0));
    }

    @Test
    void extensions_last_reply_and_connectedness_are_told_alike_at_every_stage() throws Exception {
        compareStates(SideBySide.scenario()
                .server(() -> ScriptedSmtpServer.builder().maxSize(1_000_000).user("a", "b")));
    }

    @Test
    void what_angus_refuses_before_connect_and_after_close_is_refused_alike() throws Exception {
        List<List<Class<?>>> both = new ArrayList<>();
        SideBySide.scenario().doing((transport, session) -> {
            List<Class<?>> thrown = new ArrayList<>();
            both.add(thrown);
            thrown.add(classOf(() -> send(transport, session)));
            thrown.add(classOf(() -> transport.simpleCommand("NOOP")));
            thrown.add(classOf(() -> transport.issueCommand("NOOP", 250)));
            transport.close();
            transport.connect();
            thrown.add(classOf(transport::connect));
            transport.close();
            transport.close();
            thrown.add(classOf(() -> send(transport, session)));
            thrown.add(classOf(() -> transport.simpleCommand("NOOP")));
            thrown.add(classOf(() -> transport.issueCommand("NOOP", 250)));
            transport.connect();
            send(transport, session);
        });
        assertThat(both).hasSize(2);
        assertThat(both.get(0)).startsWith(IllegalStateException.class).contains(jakarta.mail.MessagingException.class);
        assertThat(both.get(1)).isEqualTo(both.get(0));
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static Class<?> classOf(Attempt attempt) {
        try {
            attempt.run();
            return void.class;
        } catch (Exception e) {
            return e.getClass();
        }
    }

    @Test
    void a_command_of_the_applications_own_is_answered_and_told_alike() throws Exception {
        List<List<Object>> both = new ArrayList<>();
        SideBySide.scenario()
                .script(server -> server.on(Step.RSET).always().reply("502 5.5.1 Not here"))
                .doing((transport, session) -> {
                    List<Object> heard = new ArrayList<>();
                    both.add(heard);
                    transport.connect();
                    heard.add(transport.simpleCommand("NOOP"));
                    heard.add(transport.getLastServerResponse());
                    heard.add(classOf(() -> transport.issueCommand("RSET", 250)));
                    heard.add(transport.getLastServerResponse());
                    heard.add(transport.getLastReturnCode());
                    heard.add(classOf(() -> transport.issueCommand("RSET", -1)));
                })
                .areAlikeInSuccess();
        assertThat(both.get(1)).isEqualTo(both.get(0));
    }

    @Test
    void many_messages_over_one_object_are_many_events_and_one_pair_of_connection_events() throws Exception {
        SideBySide.Pair pair = SideBySide.scenario()
                .script(server -> server.on(Step.RCPT).message(2).reply("550 5.1.1 User unknown"))
                .doing((transport, session) -> {
                    transport.connect();
                    send(transport, session);
                    assertThatThrownBy(() -> send(transport, session))
                            .isInstanceOf(jakarta.mail.SendFailedException.class);
                    send(transport, session);
                })
                .areAlikeInSuccess();
        assertThat(pair.ours().events())
                .extracting(TransportEvent::getType)
                .containsExactly(
                        TransportEvent.MESSAGE_DELIVERED,
                        TransportEvent.MESSAGE_NOT_DELIVERED,
                        TransportEvent.MESSAGE_DELIVERED);
    }

    @Test
    void a_socket_of_the_applications_own_is_used_and_closed() throws Exception {
        ScriptedSmtpServer server = leaks.closeAfterwards(ScriptedSmtpServer.start());
        Session session = TestSessions.session(server);
        SMTPTransport transport = (SMTPTransport) session.getTransport();
        try (Socket socket = new Socket(server.host(), server.port())) {
            transport.connect(socket);
            send(transport, session);
            transport.close();
            assertThat(socket.isClosed()).isTrue();
        }
        assertThat(server.account().accepted()).hasSize(1);
        assertThat(server.account().opened()).isEqualTo(1);
        connectTwiceAndSend(transport, session);
        assertThat(server.account().messagesPerSession()).containsExactly(1, 2);
    }

    @Test
    void a_socket_for_a_connected_object_is_refused_and_the_connection_stays() throws Exception {
        ScriptedSmtpServer server = leaks.closeAfterwards(ScriptedSmtpServer.start());
        Session session = TestSessions.session(server);
        SMTPTransport transport = (SMTPTransport) session.getTransport();
        transport.connect();
        try (Socket socket = new Socket(server.host(), server.port())) {
            assertThatThrownBy(() -> transport.connect(socket))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("already connected");
        }
        assertThat(transport.isConnected()).isTrue();
        send(transport, session);
        transport.close();
        assertThat(server.account().accepted()).hasSize(1);
    }

    @Test
    void an_object_that_was_switched_off_is_decorated_when_it_connects_with_the_key_set_back() throws Exception {
        ScriptedSmtpServer server = leaks.closeAfterwards(ScriptedSmtpServer.start());
        Session session = TestSessions.session(server);
        SMTPTransport transport = (SMTPTransport) session.getTransport();
        session.getProperties().setProperty("mail.resilient.enabled", "false");
        connectTwiceAndSend(transport, session);
        assertThat(server.account().messagesPerSession()).containsExactly(1, 1);
        session.getProperties().setProperty("mail.resilient.enabled", "true");
        connectTwiceAndSend(transport, session);
        assertThat(server.account().messagesPerSession()).containsExactly(1, 1, 2);
    }

    private static void connectTwiceAndSend(SMTPTransport transport, Session session) throws Exception {
        for (int i = 0; i < 2; i++) {
            transport.connect();
            send(transport, session);
            transport.close();
        }
    }

    @Test
    void a_listener_removed_hears_nothing_more() throws Exception {
        ScriptedSmtpServer server = leaks.closeAfterwards(ScriptedSmtpServer.start());
        Dispatcher dispatcher = new Dispatcher();
        Session session =
                TestSessions.of(server).set("mail.event.executor", dispatcher).session();
        List<TransportEvent> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
        TransportAdapter listener = new TransportAdapter() {
            @Override
            public void messageDelivered(TransportEvent event) {
                heard.add(event);
            }
        };
        Transport transport = session.getTransport();
        transport.addTransportListener(listener);
        transport.connect();
        send(transport, session);
        transport.removeTransportListener(listener);
        send(transport, session);
        transport.close();
        assertThat(dispatcher.await(java.time.Duration.ofSeconds(20))).isTrue();
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).getSource()).isSameAs(transport);
    }

    @Test
    void properties_changed_between_two_sends_count_from_the_next_connect_on() throws Exception {
        SideBySide.scenario()
                .doing((transport, session) -> {
                    for (String partial : new String[] {"false", "true"}) {
                        session.getProperties()
                                .setProperty("mail.smtp.dsn.ret", partial.equals("true") ? "FULL" : "HDRS");
                        transport.connect();
                        send(transport, session);
                        session.getProperties().setProperty("mail.smtp.from", "changed@example.com");
                        send(transport, session);
                        transport.close();
                    }
                })
                .failAlike();
    }
}
