package org.resilientmail.smtp;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.MailSSLSocketFactory;
import org.eclipse.angus.mail.util.PropUtil;
import org.eclipse.angus.mail.util.SocketFetcher;

/**
 * The TLS factories for {@code mail.smtp.ssl.trust}. Angus makes a new one for every connection, and the memory of TLS
 * sessions is the factory's: so none was ever resumed. Here it is one for equal settings, made as Angus makes it. Whether
 * the host is trusted, and the certificate's name, Angus still checks on every connection. Thread-safe.
 */
final class TrustedByName {

    /** Far more than one application has; a list of hosts for every message must not fill the memory. */
    private static final int MOST_REMEMBERED = 32;

    private static final Map<List<Object>, SSLSocketFactory> FACTORIES = new LinkedHashMap<>(16, 0.75f, true);

    private TrustedByName() {}

    /**
     * Puts TLS on a connection, as Angus does.
     *
     * @param plain the connection
     * @param host the relay's name
     * @param properties the properties
     * @param prefix such as {@code mail.smtp}
     */
    static Socket startTls(Socket plain, String host, Properties properties, String prefix) throws IOException {
        boolean applications = properties.get(prefix + ".ssl.socketFactory") != null
                || properties.getProperty(prefix + ".ssl.socketFactory.class") != null
                || properties.getProperty(prefix + ".socketFactory.class") != null
                || properties.get(prefix + ".socketFactory") instanceof SSLSocketFactory;
        SSLSocketFactory factory = applications ? null : factory(properties, prefix + ".");
        if (factory == null) {
            return SocketFetcher.startTLS(plain, host, properties, prefix);
        }
        SessionProperties securing = new SessionProperties(properties);
        securing.cover(prefix + ".ssl.socketFactory", factory);
        return SocketFetcher.startTLS(plain, host, securing, prefix);
    }

    /**
     * The factory Angus would make for these properties.
     *
     * @param properties the properties
     * @param prefix such as {@code mail.smtp.}
     * @return the factory, or {@code null} where the properties trust no host by name
     */
    static SSLSocketFactory factory(Properties properties, String prefix) throws IOException {
        String trusted = properties.getProperty(prefix + "ssl.trust");
        if (trusted == null) {
            return null;
        }
        // What was agreed upon under other settings is not gone on with under these.
        return factory(
                trusted,
                List.of(
                        trusted,
                        String.valueOf(properties.getProperty(prefix + "ssl.protocols")),
                        String.valueOf(properties.getProperty(prefix + "ssl.ciphersuites")),
                        PropUtil.getBooleanProperty(properties, prefix + "ssl.checkserveridentity", true)));
    }

    private static synchronized SSLSocketFactory factory(String trusted, List<Object> settings) throws IOException {
        SSLSocketFactory known = FACTORIES.get(settings);
        if (known != null) {
            return known;
        }
        SSLSocketFactory made = make(trusted);
        FACTORIES.put(settings, made);
        if (FACTORIES.size() > MOST_REMEMBERED) {
            FACTORIES.remove(FACTORIES.keySet().iterator().next());
        }
        return made;
    }

    private static SSLSocketFactory make(String trusted) throws IOException {
        try {
            MailSSLSocketFactory factory = new MailSSLSocketFactory();
            if (trusted.equals("*")) {
                factory.setTrustAllHosts(true);
            } else {
                factory.setTrustedHosts(trusted.split("\\s+"));
            }
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IOException("Can't create MailSSLSocketFactory", e);
        }
    }
}
