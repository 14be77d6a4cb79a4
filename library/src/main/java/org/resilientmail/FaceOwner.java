package org.resilientmail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import org.resilientmail.smtp.LoginSettings;

/**
 * The transport object an application holds, as its {@link Face} sees it. For this project's own modules: the library's
 * transport is one, and the agent makes one of every transport object it finds.
 */
public interface FaceOwner {

    /** {@return the Session the object was made for} */
    Session session();

    /** {@return what the application set on the object, as it is now} */
    LoginSettings loginSettings();

    /** {@return whether the application wants successes reported as exceptions, as it is now} */
    boolean reportsSuccess();

    /** {@return whether {@code connect} succeeded and {@code close} was not called; costs no round trip} */
    boolean isOpen();

    /**
     * A send ended without a reply. As with Angus, the object is not connected then, and its listeners are told so.
     *
     * @throws MessagingException if closing fails
     */
    void connectionLost() throws MessagingException;

    /**
     * Tells the object's listeners the one event of a send.
     *
     * @param type a type of {@link jakarta.mail.event.TransportEvent}
     * @param sent addresses sent to; may be {@code null}, as in Angus
     * @param unsent addresses certainly not sent to; may be {@code null}
     * @param invalid addresses that were refused; may be {@code null}
     * @param message the application's message
     */
    void announce(int type, Address[] sent, Address[] unsent, Address[] invalid, Message message);
}
