package legacyapp;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.function.BiConsumer;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** A way of sending that is found in real applications. */
public enum Way {
    /** {@code Transport.send(message)} in a loop. */
    SEND {
        @Override
        void one(Session session, MimeMessage message) throws MessagingException {
            Transport.send(message);
        }
    },
    /** With the recipients. */
    SEND_TO {
        @Override
        void one(Session session, MimeMessage message) throws MessagingException {
            Transport.send(message, message.getAllRecipients());
        }
    },
    /** With user and password; since JavaMail 1.5. */
    SEND_AS {
        @Override
        void one(Session session, MimeMessage message) throws MessagingException {
            Transport.send(message, Accounts.USER, Accounts.PASSWORD);
        }
    },
    /** With all of it; since JavaMail 1.5. */
    SEND_TO_AS {
        @Override
        void one(Session session, MimeMessage message) throws MessagingException {
            Transport.send(message, message.getAllRecipients(), Accounts.USER, Accounts.PASSWORD);
        }
    },
    /** A transport for each message. */
    EACH {
        @Override
        void one(Session session, MimeMessage message) throws MessagingException {
            Transport transport = session.getTransport();
            transport.connect();
            try {
                transport.sendMessage(message, message.getAllRecipients());
            } finally {
                transport.close();
            }
        }
    },
    /** One transport for all messages. */
    BATCH {
        @Override
        void send(Session session, List<MimeMessage> messages, BiConsumer<MimeMessage, Exception> told)
                throws MessagingException {
            batch(session.getTransport("smtp"), messages, told);
        }
    },
    /** Two transports open at the same time, which take turns. */
    TWO_OPEN {
        @Override
        void send(Session session, List<MimeMessage> messages, BiConsumer<MimeMessage, Exception> told)
                throws MessagingException {
            Transport other = session.getTransport("smtp");
            other.connect();
            try {
                batch(session.getTransport("smtp"), messages.subList(0, messages.size() / 2), told);
                for (MimeMessage message : messages.subList(messages.size() / 2, messages.size())) {
                    told.accept(message, failureOf(() -> other.sendMessage(message, message.getAllRecipients())));
                }
            } finally {
                other.close();
            }
        }
    },
    /** A cast, for what only the implementation's class has. */
    CAST {
        @Override
        void send(Session session, List<MimeMessage> messages, BiConsumer<MimeMessage, Exception> told)
                throws MessagingException {
            SMTPTransport transport = (SMTPTransport) session.getTransport("smtp");
            transport.setReportSuccess(false);
            transport.setStartTLS(true);
            batch(transport, messages, told);
        }
    },
    /** The implementation's class, made by the application. */
    MADE {
        @Override
        void send(Session session, List<MimeMessage> messages, BiConsumer<MimeMessage, Exception> told)
                throws MessagingException {
            batch(new SMTPTransport(session, smtp()), messages, told);
        }
    },
    /** A class of the application's own. */
    SUBCLASS {
        @Override
        void send(Session session, List<MimeMessage> messages, BiConsumer<MimeMessage, Exception> told)
                throws MessagingException {
            Counting transport = new Counting(session);
            batch(transport, messages, told);
            if (transport.sends != messages.size()) {
                throw new MessagingException("the application's own method was left out");
            }
        }
    },
    /** A class of the application's own, by the Session's list of providers. */
    PROVIDER {
        @Override
        void send(Session session, List<MimeMessage> messages, BiConsumer<MimeMessage, Exception> told)
                throws MessagingException {
            session.setProvider(
                    new Provider(Provider.Type.TRANSPORT, "smtp", Provided.class.getName(), "the application", "1"));
            batch(session.getTransport("smtp"), messages, told);
        }
    },
    /** On a socket of the application's own, which nobody else can open again. */
    SOCKET {
        @Override
        void one(Session session, MimeMessage message) throws MessagingException {
            int port = Integer.parseInt(session.getProperty("mail.smtp.port"));
            SMTPTransport transport = (SMTPTransport) session.getTransport("smtp");
            try (Socket socket = new Socket("127.0.0.1", port)) {
                transport.connect(socket);
                transport.sendMessage(message, message.getAllRecipients());
                transport.close();
            } catch (IOException e) {
                throw new MessagingException("no socket", e);
            }
        }
    },
    /** TLS from the first byte. */
    SMTPS {
        @Override
        void one(Session session, MimeMessage message) throws MessagingException {
            Transport.send(message);
        }
    };

    void one(Session session, MimeMessage message) throws MessagingException {
        throw new UnsupportedOperationException();
    }

    void send(Session session, List<MimeMessage> messages, BiConsumer<MimeMessage, Exception> told)
            throws MessagingException {
        for (MimeMessage message : messages) {
            told.accept(message, failureOf(() -> one(session, message)));
        }
    }

    private static void batch(Transport transport, List<MimeMessage> messages, BiConsumer<MimeMessage, Exception> told)
            throws MessagingException {
        transport.connect();
        try {
            for (MimeMessage message : messages) {
                told.accept(message, failureOf(() -> transport.sendMessage(message, message.getAllRecipients())));
            }
        } finally {
            transport.close();
        }
    }

    private static Exception failureOf(Sending sending) {
        try {
            sending.send();
            return null;
        } catch (MessagingException | IllegalStateException e) {
            return e;
        }
    }

    private static URLName smtp() {
        return new URLName("smtp", null, -1, null, null, null);
    }

    private interface Sending {
        void send() throws MessagingException;
    }

    /** Made by Jakarta Mail. */
    public static final class Provided extends SMTPTransport {
        /** As every provider's class. */
        public Provided(Session session, URLName url) {
            super(session, url);
        }
    }

    private static final class Counting extends SMTPTransport {
        private int sends;

        Counting(Session session) {
            super(session, smtp());
        }

        @Override
        public synchronized void sendMessage(Message message, Address[] addresses) throws MessagingException {
            sends++;
            super.sendMessage(message, addresses);
        }
    }
}
