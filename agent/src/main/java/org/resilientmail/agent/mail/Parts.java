package org.resilientmail.agent.mail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.Service;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.resilientmail.agent.core.Notice;

/**
 * What is read of a transport object beside its public methods, because no public method tells it without a round trip, or
 * at all. The names are the same in every version since JavaMail 1.4. Thread-safe.
 */
final class Parts {

    private final Field session;
    private final Field connected;
    private final Field protocol;
    private final Field isSsl;
    private final Field localHost;
    private final Field socket;
    private final Field notificationDone;
    private final Method notify;
    private final Method drop;

    Parts(Class<?> transport) throws ReflectiveOperationException {
        session = open(Service.class.getDeclaredField("session"));
        connected = open(Service.class.getDeclaredField("connected"));
        protocol = open(transport.getDeclaredField("name"));
        isSsl = open(transport.getDeclaredField("isSSL"));
        localHost = open(transport.getDeclaredField("localHostName"));
        socket = open(transport.getDeclaredField("serverSocket"));
        notificationDone = open(transport.getDeclaredField("notificationDone"));
        drop = open(transport.getDeclaredMethod("closeConnection"));
        notify = open(Transport.class.getDeclaredMethod(
                "notifyTransportListeners",
                int.class,
                Address[].class,
                Address[].class,
                Address[].class,
                Message.class));
    }

    private static <T extends AccessibleObject> T open(T part) {
        part.setAccessible(true);
        return part;
    }

    Session session(SMTPTransport transport) {
        return (Session) value(session, transport);
    }

    boolean isConnected(SMTPTransport transport) {
        return (Boolean) value(connected, transport);
    }

    String protocol(SMTPTransport transport) {
        return (String) value(protocol, transport);
    }

    boolean isSsl(SMTPTransport transport) {
        return (Boolean) value(isSsl, transport);
    }

    /** What the application set, or {@code null}; asking the object would look the name up. */
    String localHost(SMTPTransport transport) {
        return (String) value(localHost, transport);
    }

    boolean hasSocket(SMTPTransport transport) {
        return value(socket, transport) != null;
    }

    /** Tells the listeners by the object's own method, which an application's class may have made its own. */
    void announce(
            SMTPTransport transport, int type, Address[] sent, Address[] unsent, Address[] invalid, Message message) {
        try {
            notify.invoke(transport, type, sent, unsent, invalid, message);
            notificationDone.setBoolean(transport, false); // as at the end of the object's own send
        } catch (InvocationTargetException e) {
            listenersUnreachable(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the object itself does when it loses its connection: not by {@code close()}, which may be the application's own. */
    void drop(SMTPTransport transport) {
        try {
            drop.invoke(transport);
        } catch (InvocationTargetException e) {
            listenersUnreachable(e.getCause()); // there is no connection of its own that could fail
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The application's mail.event.executor takes no more; that changes nothing about the message. */
    private static void listenersUnreachable(Throwable why) {
        if (why instanceof Error error) {
            throw error;
        }
        Notice.once("listeners cannot be told of a send: " + why.getClass().getName());
    }

    private static Object value(Field field, SMTPTransport transport) {
        try {
            return field.get(transport);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
