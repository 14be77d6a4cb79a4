package org.resilientmail.example;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.resilientmail.example.relay.Login;
import org.resilientmail.example.relay.RelayFront;
import org.resilientmail.example.relay.RelayLimits;
import org.resilientmail.example.relay.RelayReport;
import org.resilientmail.example.relay.SmtpUpstream;
import org.resilientmail.example.relay.Troubles;

/** GreenMail with a login, behind a relay with a provider's limits; both live in this process. */
final class EmbeddedRelay implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final GreenMail greenMail;
    private final RelayFront front;
    private final Login login;

    private EmbeddedRelay(GreenMail greenMail, RelayFront front, Login login) {
        this.greenMail = greenMail;
        this.front = front;
        this.login = login;
    }

    /** Starts both, with passwords that nobody knows. */
    static EmbeddedRelay start(String user, Troubles troubles) throws IOException {
        Login behind = new Login("front@relay.example.org", UUID.randomUUID().toString());
        Login login = new Login(user, UUID.randomUUID().toString());
        GreenMail greenMail = new GreenMail(new ServerSetup(0, LOOPBACK, ServerSetup.PROTOCOL_SMTP))
                .withConfiguration(new GreenMailConfiguration().withUser(behind.user(), behind.password()));
        greenMail.start();
        try {
            InetSocketAddress address =
                    new InetSocketAddress(LOOPBACK, greenMail.getSmtp().getPort());
            RelayFront front = RelayFront.start(
                    RelayLimits.published(),
                    troubles,
                    login,
                    new SmtpUpstream(address, behind),
                    InstantSource.system());
            return new EmbeddedRelay(greenMail, front, login);
        } catch (IOException e) {
            greenMail.stop();
            throw e;
        }
    }

    Account account() {
        return new Account(LOOPBACK, front.port(), Optional.of(login), false);
    }

    RelayReport report() {
        return front.report();
    }

    /** Reads the keys of the messages in every mailbox that has any, once per copy; the mailbox in lower case. */
    Map<String, List<String>> mailboxes() throws MessagingException, FolderException {
        Map<String, List<String>> mailboxes = new TreeMap<>();
        for (GreenMailUser user : greenMail.getUserManager().listUser()) {
            List<String> keys = new ArrayList<>();
            for (StoredMessage stored :
                    greenMail.getManagers().getImapHostManager().getInbox(user).getMessages()) {
                String key = stored.getMimeMessage().getHeader(Mailing.KEY_HEADER, ",");
                keys.add(key == null ? "a message without a key" : key);
            }
            if (!keys.isEmpty()) {
                mailboxes.put(user.getEmail().toLowerCase(Locale.ROOT), keys);
            }
        }
        return mailboxes;
    }

    @Override
    public void close() {
        front.close();
        greenMail.stop();
    }
}
