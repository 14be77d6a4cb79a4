package legacyapp;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An application that knows nothing of the library. Written for Jakarta Mail on Angus 2, and renamed for other versions.
 * Arguments: {@code WAY:FAULT:PORT} or {@code WAY:FAULT:PORT:MESSAGES} for each batch to send. Says on stdout, for each message, how the send ended.
 */
public final class LegacyApp {

    /** Where nothing else is asked for. */
    private static final String MESSAGES = "5";

    private LegacyApp() {}

    /** Sends all batches, one after the other. */
    public static void main(String[] batches) throws Exception {
        for (String batch : batches) {
            String[] parts = batch.split(":");
            Session session = Accounts.session(Integer.parseInt(parts[2]), parts[0].equals("SMTPS"));
            int count = Integer.parseInt(parts.length > 3 ? parts[3] : MESSAGES);
            List<String> ends = send(Way.valueOf(parts[0]), session, parts[0] + ":" + parts[1], count);
            System.out.println(parts[0] + ":" + parts[1] + "=" + String.join(";", ends));
        }
    }

    private static List<String> send(Way way, Session session, String batch, int count) {
        List<MimeMessage> messages = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        try {
            for (int i = 1; i <= count; i++) {
                messages.add(message(session, batch + "-" + i, "to" + i + "@example.com"));
            }
            way.send(session, messages, (message, failure) -> ends.add(end(session, way, message, failure)));
        } catch (Exception e) {
            while (ends.size() < count) {
                ends.add(types(e)); // not one of the rest was tried
            }
        }
        return ends;
    }

    private static MimeMessage message(Session session, String mark, String recipient) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("sender@example.com"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
        message.setHeader("X-Test-Mark", mark);
        message.setSubject(mark);
        message.setText("A line of text.\r\n", "us-ascii");
        message.saveChanges();
        return message;
    }

    /** Does what careful applications do: tries once more where the failure says that nothing was sent. */
    private static String end(Session session, Way way, MimeMessage message, Exception failure) {
        if (failure == null) {
            return "sent";
        }
        if (!isUnsent(failure)) {
            return types(failure);
        }
        List<String> again = new ArrayList<>();
        try {
            way.send(
                    session,
                    Arrays.asList(message),
                    (same, second) -> again.add(second == null ? "sent" : types(second)));
        } catch (Exception e) {
            again.add(types(e));
        }
        return types(failure) + ",again:" + String.join(",", again);
    }

    private static boolean isUnsent(Exception failure) {
        if (failure instanceof SendFailedException) {
            Address[] unsent = ((SendFailedException) failure).getValidUnsentAddresses();
            return unsent != null && unsent.length > 0;
        }
        return failure instanceof MessagingException && !(failure instanceof AuthenticationFailedException);
    }

    private static String types(Exception failure) {
        List<String> names = new ArrayList<>();
        for (Class<?> type = failure.getClass(); type != Exception.class; type = type.getSuperclass()) {
            names.add(type.getSimpleName());
        }
        return names.stream().collect(Collectors.joining("<"));
    }
}
