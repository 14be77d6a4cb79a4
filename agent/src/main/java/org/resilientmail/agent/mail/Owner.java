package org.resilientmail.agent.mail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.Session;
import java.lang.ref.WeakReference;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.resilientmail.FaceOwner;
import org.resilientmail.smtp.LoginSettings;

/** An application's transport object, as its face sees it. Does not keep the object: while it is asked, a caller does. */
final class Owner implements FaceOwner {

    private final WeakReference<SMTPTransport> object;
    private final Parts parts;

    Owner(SMTPTransport object, Parts parts) {
        this.object = new WeakReference<>(object);
        this.parts = parts;
    }

    private SMTPTransport transport() {
        SMTPTransport transport = object.get();
        if (transport == null) {
            throw new IllegalStateException("a method of an object runs that was collected");
        }
        return transport;
    }

    @Override
    public Session session() {
        return parts.session(transport());
    }

    @Override
    public LoginSettings loginSettings() {
        SMTPTransport transport = transport();
        return LoginSettings.of(transport, parts.localHost(transport));
    }

    @Override
    public boolean reportsSuccess() {
        return transport().getReportSuccess();
    }

    @Override
    public boolean isOpen() {
        return parts.isConnected(transport());
    }

    /** Whether the object has a connection of its own, or was given one to begin with. */
    boolean hasSocket() {
        return parts.hasSocket(transport());
    }

    @Override
    public void connectionLost() {
        parts.drop(transport());
    }

    @Override
    public void announce(int type, Address[] sent, Address[] unsent, Address[] invalid, Message message) {
        parts.announce(transport(), type, sent, unsent, invalid, message);
    }
}
