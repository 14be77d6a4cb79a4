package legacyapp;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** What an application may rely on. Each scene tells all that it saw, in an order that does not depend on threads. */
public enum Scene {
    /** All goes well: the listeners, and the last reply. */
    DELIVERED {
        @Override
        void play(Session session, List<String> told) throws Exception {
            Watched watched = new Watched(session);
            told.add("connected=" + watched.transport.isConnected());
            told.add("size=" + watched.transport.supportsExtension("PIPELINING"));
            watched.send("to1", "to3");
            told.add("code=" + watched.transport.getLastReturnCode());
            told.add("reply=" + watched.transport.getLastServerResponse().substring(0, 3));
            watched.close();
            told.add("connected=" + watched.transport.isConnected());
            told.add(sorted(watched));
        }
    },
    /** One of two recipients does not exist: nobody gets it. */
    REFUSED {
        @Override
        void play(Session session, List<String> told) throws Exception {
            oneSend(new Watched(session), told);
        }
    },
    /** One of two recipients does not exist: the other one gets it. */
    PARTIAL {
        @Override
        void play(Session session, List<String> told) throws Exception {
            session.getProperties().put("mail.smtp.sendpartial", "true");
            oneSend(new Watched(session), told);
        }
    },
    /** Every recipient does not exist. */
    ALL_REFUSED {
        @Override
        void play(Session session, List<String> told) throws Exception {
            Watched watched = new Watched(session);
            watched.send("to2");
            watched.close();
            told.add(sorted(watched));
        }
    },
    /** Success is reported by an exception. */
    REPORTED {
        @Override
        void play(Session session, List<String> told) throws Exception {
            Watched watched = new Watched(session);
            watched.transport.setReportSuccess(true);
            watched.send("to1", "to3");
            watched.close();
            told.add(sorted(watched));
        }
    },
    /** Success is reported by an exception, and one recipient does not exist. */
    REPORTED_PARTIAL {
        @Override
        void play(Session session, List<String> told) throws Exception {
            session.getProperties().put("mail.smtp.sendpartial", "true");
            Watched watched = new Watched(session);
            watched.transport.setReportSuccess(true);
            oneSend(watched, told);
        }
    },
    /** A send after the end, and a second close. */
    CLOSED {
        @Override
        void play(Session session, List<String> told) throws Exception {
            Watched watched = new Watched(session);
            watched.close();
            watched.send("to1");
            watched.transport.close();
            told.add(sorted(watched));
        }
    },
    /** Another thread closes while a message goes out: it waits for its end. */
    CLOSED_MEANWHILE {
        @Override
        void play(Session session, List<String> told) throws Exception {
            Watched watched = new Watched(session);
            Thread closing = new Thread(() -> {
                try {
                    watched.transport.close();
                } catch (Exception e) {
                    watched.note("close: " + e);
                }
            });
            AtomicInteger written = new AtomicInteger();
            MimeMessage message = new MimeMessage(Watched.message(session, "to1")) {
                @Override
                public void writeTo(java.io.OutputStream out, String[] ignored) throws IOException, MessagingException {
                    if (written.getAndIncrement() == 0) {
                        closing.start();
                        while (closing.getState() != Thread.State.BLOCKED && closing.isAlive()) {
                            Thread.onSpinWait();
                        }
                    }
                    super.writeTo(out, ignored);
                }
            };
            watched.transport.sendMessage(message, message.getAllRecipients());
            watched.note("sent");
            closing.join();
            watched.await("closed");
            told.add("connected=" + watched.transport.isConnected());
            told.add(sorted(watched));
        }
    },
    /** The connection is lost for good with the first message; the application sends on. */
    LOST {
        @Override
        void play(Session session, List<String> told) throws Exception {
            Watched watched = new Watched(session);
            watched.send("to1");
            watched.await("closed");
            told.add("connected=" + watched.transport.isConnected());
            watched.send("to3");
            if (!watched.all().contains("IllegalStateException")) {
                watched.await("delivered");
            }
            watched.transport.close();
            told.add(sorted(watched));
        }
    },
    /** Many threads at once, virtual ones where there are such. */
    THREADS {
        @Override
        void play(Session session, List<String> told) throws Exception {
            AtomicInteger sent = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                String recipient = "many" + i;
                threads.add(Threads.started(() -> {
                    Transport.send(Watched.message(session, recipient));
                    sent.incrementAndGet();
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            told.add("sent=" + sent);
        }
    },
    /** The kill switch of the Session, off and on again, with the same object. */
    SWITCHED {
        @Override
        void play(Session session, List<String> told) throws Exception {
            session.getProperties().put("mail.resilient.enabled", "false");
            Watched watched = new Watched(session);
            watched.send("to1");
            watched.transport.close();
            session.getProperties().remove("mail.resilient.enabled");
            sendEach(watched, "to3", "to4");
            told.add("connected=" + watched.transport.isConnected());
        }
    },
    /** The same with connections of the application's own in between, the first of which fails. */
    OWN_SOCKET {
        @Override
        void play(Session session, List<String> told) throws Exception {
            Watched watched = new Watched(session);
            watched.transport.close();
            int port = Integer.parseInt(session.getProperty("mail.smtp.port"));
            Socket dead = new Socket("127.0.0.1", port);
            dead.close();
            try {
                watched.transport.connect(dead);
            } catch (MessagingException e) {
                told.add("not connected");
            }
            sendEach(watched, "to1");
            try (Socket socket = new Socket("127.0.0.1", port)) {
                watched.transport.connect(socket);
                watched.send("to3");
                told.add("connected=" + watched.transport.isConnected());
                watched.transport.close();
            }
            sendEach(watched, "to4", "to5");
            told.add("connected=" + watched.transport.isConnected());
        }
    },
    /** A socket of the application's own for an object that is connected already. */
    SOCKET_TOO_LATE {
        @Override
        void play(Session session, List<String> told) throws Exception {
            Watched watched = new Watched(session);
            try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(session.getProperty("mail.smtp.port")))) {
                watched.transport.connect(socket);
            } catch (IllegalStateException e) {
                told.add(e.getMessage());
            }
            watched.send("to1");
            watched.close();
            told.add(sorted(watched));
        }
    },
    /** A message that is too large to be kept in memory where there is a disk. */
    LARGE {
        @Override
        void play(Session session, List<String> told) throws Exception {
            MimeMessage message = Watched.message(session, "to1");
            message.setText("A line of text.\r\n".repeat(200_000), "us-ascii");
            message.saveChanges();
            Transport.send(message);
            told.add("sent");
        }
    },
    /** A failure that travels through a stream, as to a remote caller. */
    SERIALIZED {
        @Override
        void play(Session session, List<String> told) throws Exception {
            try {
                Transport.send(Watched.message(session, "to2"));
            } catch (SendFailedException e) {
                told.add("refused: " + ((SendFailedException) Travels.copied(e)).getMessage());
            }
            session.getProperties().put("mail.smtp.port", portOfNobody());
            try {
                Transport.send(Watched.message(session, "to1"));
            } catch (MessagingException e) {
                told.add("unreachable: " + (Travels.copied(e) instanceof MessagingException));
            }
        }
    },
    /** A class of the application's own, whose {@code close} is for the application to call. */
    OWN_CLOSE {
        @Override
        void play(Session session, List<String> told) throws Exception {
            AtomicInteger closed = new AtomicInteger();
            SMTPTransport own = new SMTPTransport(session, new URLName("smtp", null, -1, null, null, null)) {
                @Override
                public synchronized void close() throws MessagingException {
                    closed.incrementAndGet();
                    super.close();
                }
            };
            own.connect();
            MimeMessage message = Watched.message(session, "lost");
            try {
                own.sendMessage(message, message.getAllRecipients());
            } catch (MessagingException e) {
                told.add("closed " + closed + " times, connected=" + own.isConnected());
            }
        }
    },
    /** One object waits for its next attempt; nothing else waits with it. */
    WAITING {
        @Override
        void play(Session session, List<String> told) throws Exception {
            Watched waiting = new Watched(session);
            Watched other = new Watched(session);
            Watched third = new Watched(session);
            Thread sender = new Thread(() -> waiting.send("to1"));
            sender.start();
            while (sender.getState() != Thread.State.TIMED_WAITING && sender.isAlive()) {
                Thread.onSpinWait();
            }
            other.close();
            third.send("to3");
            third.close();
            Transport.send(Watched.message(session, "to4"));
            told.add("still waiting=" + (sender.getState() == Thread.State.TIMED_WAITING));
            sender.interrupt();
            sender.join();
            waiting.close();
            told.add(sorted(third));
            told.add(sorted(waiting));
        }
    };

    /** How many threads {@link #THREADS} has. */
    public static final int MANY = 300;

    /** Connects for each of them. */
    private static void sendEach(Watched watched, String... recipients) throws MessagingException {
        for (String recipient : recipients) {
            watched.transport.connect();
            watched.send(recipient);
            watched.transport.close();
        }
    }

    private static String portOfNobody() throws IOException {
        try (ServerSocket closed = new ServerSocket(0)) {
            return Integer.toString(closed.getLocalPort());
        }
    }

    abstract void play(Session session, List<String> told) throws Exception;

    private static void oneSend(Watched watched, List<String> told) throws Exception {
        watched.send("to1", "to2");
        told.add("code=" + watched.transport.getLastReturnCode());
        watched.close();
        told.add(sorted(watched));
    }

    /** The events come from a thread of their own, between what the sender says. */
    private static String sorted(Watched watched) {
        String[] seen = watched.all().split(";");
        java.util.Arrays.sort(seen);
        return String.join(";", seen);
    }
}
