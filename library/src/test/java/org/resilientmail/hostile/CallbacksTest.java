package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.ConnectionAdapter;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.TransportAdapter;
import jakarta.mail.event.TransportEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resilientmail.DeliveryEvent;
import org.resilientmail.DeliveryListener;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.TestSessions;

/** Listeners that throw, or that send in their turn. */
@Timeout(60)
class CallbacksTest {

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
    private DeliveryListener listener;

    @AfterEach
    void endAll() {
        if (listener != null) {
            ResilientMail.removeListener(listener);
        }
        ResilientMail.closeAll();
        server.close();
    }

    private void listen(DeliveryListener added) {
        String mine = ":" + server.port();
        listener = event -> {
            if (event.account().endsWith(mine)) {
                added.on(event);
            }
        };
        ResilientMail.addListener(listener);
    }

    private TestSessions sessions() {
        return TestSessions.of(server).set("mail.resilient.retry.initial-wait", "1ms");
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void throwAnyway(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @Test
    void a_listener_that_throws_whatever_it_likes_does_not_turn_a_success_into_a_failure() throws Exception {
        Deque<Throwable> throwables = new ArrayDeque<>(List.of(
                new IOException("sneaked out"),
                new Error("an error"),
                new StackOverflowError(),
                new IllegalStateException("usual")));
        listen(event -> {
            if (event instanceof DeliveryEvent.Accepted) {
                CallbacksTest.<RuntimeException>throwAnyway(throwables.removeFirst());
            }
        });
        for (int i = 0; i < 4; i++) {
            Transport.send(Messages.to(sessions().session(), "a@example.com"));
        }
        assertThat(throwables).isEmpty();
        assertThat(server.account().accepted()).hasSize(4);
    }

    @Test
    void a_log_handler_that_throws_as_well_does_not_either() throws Exception {
        Logger logger = Logger.getLogger("org.resilientmail");
        AtomicInteger published = new AtomicInteger();
        Handler failing = new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord record) {
                published.incrementAndGet();
                throw new IllegalStateException("the disk is full");
            }
        };
        listen(event -> {
            throw new IllegalStateException("thrown by a listener");
        });
        logger.addHandler(failing);
        try {
            Transport.send(Messages.to(sessions().session(), "a@example.com"));
        } finally {
            logger.removeHandler(failing);
        }
        assertThat(published.get()).isPositive();
        assertThat(server.account().accepted()).hasSize(1);
    }

    @Test
    void a_listener_may_send_over_the_only_session_there_is() throws Exception {
        Session session = sessions()
                .set("mail.resilient.session.max-open", "1")
                .set("mail.resilient.session.max-wait", "2s")
                .session();
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger sends = new AtomicInteger();
        ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
        listen(event -> {
            if (event instanceof DeliveryEvent.Accepted && !inside.get()) {
                inside.set(true);
                try {
                    sends.incrementAndGet();
                    Transport.send(Messages.to(session, "echo@example.com"));
                } catch (jakarta.mail.MessagingException e) {
                    failed.incrementAndGet();
                } finally {
                    inside.set(false);
                }
            }
        });
        Transport.send(Messages.to(session, "a@example.com"));
        assertThat(failed).hasValue(0);
        assertThat(sends.get()).isPositive();
        assertThat(server.account().accepted()).hasSize(1 + sends.get());
    }

    @Test
    void an_event_executor_that_refuses_does_not_turn_a_success_into_a_failure() throws Exception {
        Executor refusing = task -> {
            throw new RejectedExecutionException("shut down");
        };
        Session session = sessions().set("mail.event.executor", refusing).session();
        Transport transport = session.getTransport();
        transport.addTransportListener(new TransportAdapter() {});
        transport.connect();
        transport.sendMessage(
                Messages.to(session, "a@example.com"),
                Messages.to(session, "a@example.com").getAllRecipients());
        transport.close();
        assertThat(server.account().accepted()).hasSize(1);
    }

    @Test
    void transport_and_connection_listeners_that_throw_or_send_harm_nothing() throws Exception {
        Session session = sessions().set("mail.resilient.session.max-open", "1").session();
        Transport transport = session.getTransport();
        AtomicInteger events = new AtomicInteger();
        CountDownLatch echoed = new CountDownLatch(1);
        transport.addConnectionListener(new ConnectionAdapter() {
            @Override
            public void opened(ConnectionEvent e) {
                throw new IllegalStateException("thrown by a listener");
            }
        });
        transport.addTransportListener(new TransportAdapter() {
            @Override
            public void messageDelivered(TransportEvent e) {
                if (events.incrementAndGet() == 1) {
                    try {
                        var echo = Messages.to(session, "echo@example.com");
                        ((Transport) e.getSource()).sendMessage(echo, echo.getAllRecipients());
                    } catch (jakarta.mail.MessagingException failure) {
                        throw new IllegalStateException(failure);
                    }
                    echoed.countDown();
                }
            }
        });
        transport.connect();
        var message = Messages.to(session, "a@example.com");
        transport.sendMessage(message, message.getAllRecipients());
        assertThat(echoed.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        transport.close();
        assertThat(server.account().accepted()).hasSize(2);
    }
}
