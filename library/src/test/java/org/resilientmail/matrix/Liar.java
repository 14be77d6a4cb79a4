package org.resilientmail.matrix;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.MailEvent;
import java.time.Duration;
import java.util.EventListener;
import java.util.Vector;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.resilientmail.pool.PoolStatus;

/** Undecorated Angus with the usual mistakes, for which the matrix has to find it out. */
enum Liar implements Courier {
    /** As it is: what it knows nothing of after the final dot it lists as unsent, for callers to send again. */
    ANGUS {
        @Override
        void send(SMTPTransport transport, Sending once) throws MessagingException {
            once.send();
        }
    },
    /** Sends again on whatever exception. */
    RESENDING {
        @Override
        void send(SMTPTransport transport, Sending once) throws MessagingException {
            for (int attempt = 1; ; attempt++) {
                try {
                    once.send();
                    return;
                } catch (MessagingException e) {
                    if (attempt == Rig.MAX_ATTEMPTS) {
                        throw e;
                    }
                    transport.close();
                    transport.connect();
                }
            }
        }
    },
    /** Takes every failure for a success. */
    SWALLOWING {
        @Override
        void send(SMTPTransport transport, Sending once) {
            try {
                once.send();
            } catch (MessagingException e) {
                return;
            }
        }
    };

    /** One send of Angus' own. */
    interface Sending {
        void send() throws MessagingException;
    }

    abstract void send(SMTPTransport transport, Sending once) throws MessagingException;

    @Override
    public Transport transport(Session session) {
        String protocol = session.getProperty("mail.transport.protocol");
        return new Lying(session, protocol, this);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void letPass(Duration time) {
        // it remembers nothing that could pass
    }

    @Override
    public PoolStatus pool(String protocol, String host, int port, String user) {
        return new PoolStatus(0, 0, 0, 0);
    }

    @Override
    public void close() {
        // every transport was closed after its message
    }

    private static final class Lying extends SMTPTransport {

        private final Liar liar;

        Lying(Session session, String protocol, Liar liar) {
            super(session, new URLName(protocol, null, -1, null, null, null), protocol, protocol.equals("smtps"));
            this.liar = liar;
        }

        @Override
        public void sendMessage(Message message, Address[] addresses) throws MessagingException {
            liar.send(this, () -> super.sendMessage(message, addresses));
        }

        @Override
        protected void queueEvent(MailEvent event, Vector<? extends EventListener> listeners) {
            listeners.forEach(event::dispatch);
        }
    }
}
