package org.resilientmail.agent.mail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.util.Properties;
import java.util.function.Supplier;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.resilientmail.Face;
import org.resilientmail.InvalidConfigurationException;
import org.resilientmail.agent.core.Notice;
import org.resilientmail.agent.core.TransportCalls;
import org.resilientmail.failure.MailFailure;

/**
 * Gives every transport object of one mail implementation its face, and answers the object's calls by it. Written for
 * Jakarta Mail on Angus 2, and renamed for other implementations when it is loaded. Thread-safe.
 */
public final class Faces implements TransportCalls {

    private static final Object[] NOTHING = {null};

    private final Parts parts;
    private final Supplier<Properties> system;
    private final WeakTable<Owned> faces = new WeakTable<>();

    /**
     * Called by the agent.
     *
     * @param transport the implementation's transport class
     * @param system what counts as system properties
     * @throws ReflectiveOperationException if the class is not as expected
     */
    public Faces(Class<?> transport, Supplier<Properties> system) throws ReflectiveOperationException {
        this.parts = new Parts(transport);
        this.system = system;
    }

    @Override
    public Object[] call(String method, Object object, Object[] arguments) throws MessagingException {
        SMTPTransport transport = (SMTPTransport) object;
        if (method.equals("protocolConnect")) {
            Owned made = ownedOrNull(transport);
            if (made != null && made.owner().hasSocket()) {
                made.face().stepAside(); // the application's own, which nobody can open again
                return null;
            }
            return made == null
                    ? null
                    : connect(
                            made.face(), (String) arguments[0], (Integer) arguments[1], (String) arguments[2], (String)
                                    arguments[3]);
        }
        if (method.equals("connect")) {
            refuseSecondConnection(faces.get(transport));
            return null;
        }
        Owned owned = faces.get(transport);
        if (owned == null || owned.face().isUndecorated()) {
            return null;
        }
        return answer(method, owned, arguments);
    }

    /** The object would put a socket of the application's beside a connection that is ours before it refuses. */
    private static void refuseSecondConnection(Owned owned) {
        if (owned != null && owned.owner().isOpen() && !owned.face().isUndecorated()) {
            throw new IllegalStateException("already connected"); // the words of Service.connect
        }
    }

    private static Object[] answer(String method, Owned owned, Object[] arguments) throws MessagingException {
        Face face = owned.face();
        boolean open = owned.owner().isOpen();
        switch (method) {
            case "isConnected":
                return new Object[] {open};
            case "sendMessage":
                if (!face.mayBeginSend()) {
                    return null; // says so in its own words
                }
                face.send((Message) arguments[0], (Address[]) arguments[1]);
                return NOTHING;
            case "close":
                face.leave();
                face.closed();
                return null; // the object's own state and listeners are its own
            case "simpleCommand":
                return open ? new Object[] {face.command((String) arguments[0])} : null;
            case "issueCommand":
                if (!open) {
                    return null;
                }
                face.command((String) arguments[0], (Integer) arguments[1]);
                return NOTHING;
            case "getLastServerResponse":
                return new Object[] {face.lastResponse()};
            case "getLastReturnCode":
                return new Object[] {face.lastCode()};
            case "supportsExtension":
                return new Object[] {face.extensionParameter((String) arguments[0]) != null};
            case "getExtensionParameter":
                return new Object[] {face.extensionParameter((String) arguments[0])};
            case "isSSL":
                return new Object[] {face.isSecure()};
            default:
                return null;
        }
    }

    /** Nothing is sent yet: what fails here on our side leaves the object to itself. */
    private static Object[] connect(Face face, String host, int port, String user, String password)
            throws MessagingException {
        try {
            return switch (face.connect(host, port, user, password)) {
                case YES -> new Object[] {true};
                case CREDENTIALS_WANTED -> new Object[] {false};
                case UNDECORATED -> null;
            };
        } catch (InvalidConfigurationException mistake) {
            return stepAside(face, mistake.getMessage());
        } catch (MessagingException e) {
            if (e instanceof MailFailure) {
                throw e;
            }
            return stepAside(face, e.toString());
        } catch (RuntimeException | LinkageError | InternalError e) { // the last: a Java without what it should have
            return stepAside(face, e.toString());
        }
    }

    private static Object[] stepAside(Face face, String why) {
        face.stepAside();
        Notice.once("mail is sent without the agent: " + why);
        return null;
    }

    private Owned ownedOrNull(SMTPTransport transport) {
        try {
            return faces.computeIfAbsent(transport, this::owned);
        } catch (RuntimeException | LinkageError e) {
            Notice.once("mail is sent without the agent: " + e);
            return null;
        }
    }

    private Owned owned(SMTPTransport transport) {
        Owner owner = new Owner(transport, parts);
        return new Owned(owner, Face.of(owner, parts.protocol(transport), parts.isSsl(transport), system));
    }

    private record Owned(Owner owner, Face face) {}
}
