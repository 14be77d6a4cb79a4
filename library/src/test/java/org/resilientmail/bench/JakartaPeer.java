package org.resilientmail.bench;

import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/** A program written for Jakarta Mail: with Angus' transport, or with ours in its place. */
final class JakartaPeer implements Peer {

    private final Session session;
    private final Content.Maker messages;
    private final boolean reused;
    private final List<Transport> open = Collections.synchronizedList(new ArrayList<>());

    private JakartaPeer(Session session, Scene scene, boolean reused) {
        this.session = session;
        this.messages = scene.content().maker(scene);
        this.reused = reused;
    }

    /** Calls {@code Transport.send}, on {@code angus} or on ours with this chunking. */
    static Peer sending(Target target, Scene scene, String how) {
        Properties properties = angus(target);
        if (!how.equals("angus")) {
            properties.remove("mail.smtp.class");
            properties.setProperty("mail.resilient.chunking", how);
        }
        if (scene.threads() > 4) { // which is the default
            properties.setProperty("mail.resilient.session.max-open", Integer.toString(scene.threads()));
        }
        return new JakartaPeer(session(properties), scene, false);
    }

    /** Connects a transport for each thread, once. */
    static Peer reusing(Target target, Scene scene) {
        return new JakartaPeer(session(angus(target)), scene, true);
    }

    /** {@return the properties of a Session on Angus' own transport, whatever else is on the class path} */
    static Properties angus(Target target) {
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol.rfc822", "smtp");
        properties.setProperty("mail.smtp.class", "org.eclipse.angus.mail.smtp.SMTPTransport");
        properties.setProperty("mail.smtp.host", Target.HOST);
        properties.setProperty("mail.smtp.port", Integer.toString(target.port()));
        properties.setProperty("mail.smtp.localhost", "client.example.com");
        properties.setProperty("mail.smtp.auth", "true");
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
        return properties;
    }

    private static Session session(Properties properties) {
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(Target.USER, Target.PASSWORD);
            }
        });
    }

    @Override
    public Sender sender() throws Exception {
        if (!reused) {
            return () -> Transport.send(messages.message(session));
        }
        Transport transport = session.getTransport("smtp");
        transport.connect();
        open.add(transport);
        return () -> {
            MimeMessage message = messages.message(session);
            message.saveChanges();
            transport.sendMessage(message, message.getAllRecipients());
        };
    }

    @Override
    public void end() throws Exception {
        for (Transport transport : open) {
            transport.close();
        }
    }
}
