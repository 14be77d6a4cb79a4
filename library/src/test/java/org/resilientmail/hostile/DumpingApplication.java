package org.resilientmail.hostile;

import com.sun.management.HotSpotDiagnosticMXBean;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.resilientmail.DeliveryEvent;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Messages;

/** Sends, lets go of all it had, and looks for its password among the living objects. Run in a JVM of its own. */
final class DumpingApplication {

    /** What has to be found, or the search is no good. */
    static final List<Object> CONTROL = new CopyOnWriteArrayList<>();

    private static final int DUMPS = 10;

    private DumpingApplication() {}

    public static void main(String[] args) throws Exception {
        List<String> closed = new CopyOnWriteArrayList<>();
        ResilientMail.addListener(event -> {
            if (event instanceof DeliveryEvent.SessionClosed) {
                closed.add(event.toString());
            }
        });
        Path secret = Path.of(args[2]);
        send(args, secret);
        CONTROL.add("control-" + System.nanoTime());
        ByteBuffer heap = dump(secret.resolveSibling("heap0.hprof"));
        // Jakarta Mail's services have finalizers, and so live on for a while.
        for (int i = 1; i < DUMPS && holds(heap, Files.readString(secret)); i++) {
            heap = dump(secret.resolveSibling("heap" + i + ".hprof"));
        }
        say("the control text was found: " + holds(heap, CONTROL.get(0).toString()));
        say("the password was found: " + holds(heap, Files.readString(secret)));
        say("the session was pooled: " + closed.isEmpty());
        send(args, secret);
    }

    private static ByteBuffer dump(Path file) throws IOException {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        // Not on the heap: the next dump would have this one in it.
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
    }

    private static void send(String[] args, Path secret) throws IOException, MessagingException {
        String password = Files.readString(secret);
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", args[0]);
        properties.put("mail.smtp.auth", "true");
        properties.put("mail.smtp.auth.mechanisms", args[1]);
        properties.put("mail.smtp.password", password);
        properties.put("mail.resilient.session.max-idle", "1h");
        properties.put("mail.resilient.session.max-lifetime", "1h");
        Session session = Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("alice", password);
            }
        });
        Transport.send(Messages.to(session, "a@example.com"));
    }

    /** As a String keeps it, in one byte a character or two, and as chars. */
    private static boolean holds(ByteBuffer heap, String text) {
        return List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE).stream()
                .anyMatch(charset -> indexOf(heap, text, charset) >= 0);
    }

    private static int indexOf(ByteBuffer heap, String text, Charset charset) {
        byte[] wanted = text.getBytes(charset);
        for (int i = 0; i <= heap.limit() - wanted.length; i++) {
            if (heap.get(i) == wanted[0] && heap.slice(i, wanted.length).mismatch(ByteBuffer.wrap(wanted)) < 0) {
                return i;
            }
        }
        return -1;
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
