package legacyapp;

import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.util.Properties;

/** The application's settings, as its file would have them. */
final class Accounts {

    static final String USER = "app";
    static final String PASSWORD = "secret";

    private Accounts() {}

    static Session session(int port, boolean tls) {
        String protocol = tls ? "smtps" : "smtp";
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", protocol);
        properties.put("mail.transport.protocol.rfc822", protocol);
        properties.put("mail." + protocol + ".host", "127.0.0.1");
        properties.put("mail." + protocol + ".port", Integer.toString(port));
        properties.put("mail." + protocol + ".localhost", "client.example.com");
        properties.put("mail." + protocol + ".auth", "true");
        properties.put("mail." + protocol + ".timeout", "10000");
        properties.put("mail." + protocol + ".ssl.trust", "*");
        // JavaMail 1.4 would ask for a TLS that Java has given up
        properties.put("mail." + protocol + ".ssl.protocols", "TLSv1.2");
        // Angus 1.1 does not compare the certificate with an address
        properties.put("mail." + protocol + ".ssl.checkserveridentity", "false");
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith("app.session.")) {
                properties.put(name.substring("app.session.".length()), System.getProperty(name));
            }
        }
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(USER, PASSWORD);
            }
        });
    }
}
