package legacyapp;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.ConnectionListener;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.event.TransportListener;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressSucceededException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** A transport object, and all that an application can see of it, in the words of Jakarta Mail. */
final class Watched implements ConnectionListener, TransportListener {

    final SMTPTransport transport;
    private final Session session;
    private final List<String> seen = new ArrayList<>();

    Watched(Session session) throws MessagingException {
        this.session = session;
        this.transport = (SMTPTransport) session.getTransport("smtp");
        transport.addConnectionListener(this);
        transport.addTransportListener(this);
        transport.connect();
        await("opened"); // Jakarta Mail itself may lose an event that is still to be told when the object is closed
    }

    synchronized void note(String what) {
        seen.add(what);
        notifyAll();
    }

    /** Waits until this, or what begins so, has been noted: listeners are told by a thread of their own. */
    synchronized void await(String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        try {
            while (seen.stream().noneMatch(noted -> noted.startsWith(what))) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    seen.add("nobody told: " + what);
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends, and notes how that ended. */
    void send(String... recipients) {
        try {
            MimeMessage message = message(session, recipients);
            transport.sendMessage(message, message.getAllRecipients());
            note("sent");
        } catch (MessagingException | IllegalStateException e) {
            note(described(e));
        }
    }

    static MimeMessage message(Session session, String... recipients) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("sender@example.com"));
        for (String recipient : recipients) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient + "@example.com"));
        }
        message.setText("A line of text.\r\n", "us-ascii");
        message.saveChanges();
        return message;
    }

    /** Closes, and waits until the listeners have been told. */
    void close() throws Exception {
        transport.close();
        await("closed");
    }

    synchronized String all() {
        return String.join(";", seen);
    }

    private static String described(Exception failure) {
        if (failure instanceof IllegalStateException) {
            return "IllegalStateException";
        }
        List<String> words = new ArrayList<>();
        if (failure instanceof SendFailedException) {
            SendFailedException failed = (SendFailedException) failure;
            words.add("SendFailedException"
                    + addresses(
                            failed.getValidSentAddresses(),
                            failed.getValidUnsentAddresses(),
                            failed.getInvalidAddresses()));
        } else {
            words.add("MessagingException");
        }
        for (Exception e = failure;
                e != null;
                e = e instanceof MessagingException ? ((MessagingException) e).getNextException() : null) {
            if (e instanceof SMTPAddressFailedException) {
                SMTPAddressFailedException refused = (SMTPAddressFailedException) e;
                words.add("refused:" + refused.getAddress() + ":" + refused.getReturnCode());
            } else if (e instanceof SMTPAddressSucceededException) {
                words.add("succeeded:" + ((SMTPAddressSucceededException) e).getAddress());
            }
        }
        return String.join(",", words);
    }

    private static String addresses(Address[] sent, Address[] unsent, Address[] invalid) {
        return "{sent=" + Arrays.toString(sent) + " unsent=" + Arrays.toString(unsent) + " invalid="
                + Arrays.toString(invalid) + "}";
    }

    private void note(String what, TransportEvent event) {
        note(what
                + addresses(
                        event.getValidSentAddresses(), event.getValidUnsentAddresses(), event.getInvalidAddresses()));
    }

    @Override
    public void opened(ConnectionEvent event) {
        note("opened");
    }

    @Override
    public void disconnected(ConnectionEvent event) {
        note("disconnected");
    }

    @Override
    public void closed(ConnectionEvent event) {
        note("closed");
    }

    @Override
    public void messageDelivered(TransportEvent event) {
        note("delivered", event);
    }

    @Override
    public void messageNotDelivered(TransportEvent event) {
        note("not delivered", event);
    }

    @Override
    public void messagePartiallyDelivered(TransportEvent event) {
        note("partially delivered", event);
    }
}
