package org.resilientmail.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The receiving end's own books: what was accepted, for whom, over which sessions. Every entry is made before the reply
 * it belongs to is written, so what a client has been told can be read here without waiting. Thread-safe; collections
 * are copies. The await methods fail the test when nothing comes of it, after twenty seconds unless a time is given.
 */
public final class ServerAccount {

    /**
     * One message for one recipient.
     *
     * @param id {@link AcceptedMessage#id()}
     * @param recipient the address, as given
     */
    public record Copy(String id, String recipient) {}

    private final Monitor monitor;
    private final List<AcceptedMessage> accepted = new ArrayList<>();
    private final List<SessionRecord> sessions = new ArrayList<>();
    private final List<LoginAttempt> logins = new ArrayList<>();
    private int openSessions;
    private int openSockets;
    private int maxOpenSessions;

    ServerAccount(Monitor monitor) {
        this.monitor = monitor;
    }

    /** The messages accepted, in order. */
    public List<AcceptedMessage> accepted() {
        return monitor.read(() -> List.copyOf(accepted));
    }

    /** How often each message was accepted for each recipient, in order of acceptance. */
    public Map<Copy, Integer> copies() {
        Map<Copy, Integer> copies = new LinkedHashMap<>();
        for (AcceptedMessage message : accepted()) {
            for (String recipient : message.recipients()) {
                copies.merge(new Copy(message.id(), recipient), 1, Integer::sum);
            }
        }
        return copies;
    }

    /** The copies that were accepted more than once: what must never happen. */
    public Map<Copy, Integer> duplicates() {
        Map<Copy, Integer> copies = copies();
        copies.values().removeIf(count -> count == 1);
        return copies;
    }

    /** How many copies each recipient gets, over all messages. */
    public Map<String, Integer> copiesPerRecipient() {
        Map<String, Integer> copies = new TreeMap<>();
        accepted().forEach(message -> message.recipients().forEach(to -> copies.merge(to, 1, Integer::sum)));
        return copies;
    }

    /** All sessions since the start, in order. */
    public List<SessionRecord> sessions() {
        return monitor.read(() -> List.copyOf(sessions));
    }

    /**
     * The session with this number, from 1.
     *
     * @throws IndexOutOfBoundsException when there has been none
     */
    public SessionRecord session(int number) {
        return monitor.read(() -> sessions.get(number - 1));
    }

    /** How many sessions there have been. */
    public int opened() {
        return monitor.read(sessions::size);
    }

    /** How many sessions neither side has ended. */
    public int openSessions() {
        return monitor.read(() -> openSessions);
    }

    /** The most sessions that were open at one time, refused ones included. */
    public int maxOpenSessions() {
        return monitor.read(() -> maxOpenSessions);
    }

    /** How many connections the client has not closed yet, whoever ended the session: what a leak looks like. */
    public int openSockets() {
        return monitor.read(() -> openSockets);
    }

    /** How many messages were accepted in each session, in the order of the sessions. */
    public List<Integer> messagesPerSession() {
        return sessions().stream().map(SessionRecord::messages).toList();
    }

    /** The verdicts on all attempts to log in, in order. */
    public List<LoginAttempt> logins() {
        return monitor.read(() -> List.copyOf(logins));
    }

    /** How often this verb was used, over all sessions, letter case ignored. */
    public int count(String verb) {
        return sessions().stream().mapToInt(session -> session.count(verb)).sum();
    }

    /** How often the server had to wait for a client after having written, over all sessions; final once they are closed. */
    public int roundTrips() {
        return sessions().stream().mapToInt(SessionRecord::roundTrips).sum();
    }

    /** All transcripts, for the message of a failing test. */
    public String transcript() {
        return sessions().stream().map(SessionRecord::toString).collect(Collectors.joining("\n"));
    }

    /** Waits until at least {@code n} messages have been accepted. */
    public void awaitAccepted(int n) {
        monitor.require(
                () -> accepted.size() >= n,
                Monitor.PATIENCE,
                () -> accepted.size() + " messages were accepted, not " + n);
    }

    /** Waits until there have been at least {@code n} sessions, open or over. */
    public void awaitSessions(int n) {
        monitor.require(
                () -> sessions.size() >= n,
                Monitor.PATIENCE,
                () -> sessions.size() + " sessions were opened, not " + n);
    }

    /** Waits until exactly {@code n} sessions are open. */
    public void awaitOpenSessions(int n) {
        awaitOpenSessions(n, Monitor.PATIENCE);
    }

    /** Waits until exactly {@code n} sessions are open. */
    public void awaitOpenSessions(int n, Duration atMost) {
        monitor.require(() -> openSessions == n, atMost, () -> openSessions + " sessions are open, not " + n);
    }

    /** Waits until exactly {@code n} connections are not closed on both sides. */
    public void awaitOpenSockets(int n) {
        awaitOpenSockets(n, Monitor.PATIENCE);
    }

    /** Waits until exactly {@code n} connections are not closed on both sides. */
    public void awaitOpenSockets(int n, Duration atMost) {
        monitor.require(
                () -> openSockets == n,
                atMost,
                () -> openSockets + " sockets are open, not " + n + ": "
                        + sessions.stream()
                                .filter(session -> !session.isClosed())
                                .toList());
    }

    SessionRecord openSession() {
        return monitor.changing(() -> {
            SessionRecord session = new SessionRecord(monitor, sessions.size() + 1, System.nanoTime());
            sessions.add(session);
            openSockets++;
            openSessions++;
            maxOpenSessions = Math.max(maxOpenSessions, openSessions);
            return session;
        });
    }

    void endSession(SessionRecord session) {
        monitor.change(() -> {
            if (!session.isEnded()) {
                session.end();
                openSessions--;
            }
        });
    }

    void closeSession(SessionRecord session) {
        endSession(session);
        monitor.change(() -> {
            if (!session.isClosed()) {
                session.close();
                openSockets--;
            }
        });
    }

    AcceptedMessage accept(SessionRecord session, Encounter encounter, Transaction transaction) {
        return monitor.changing(() -> {
            AcceptedMessage message =
                    new AcceptedMessage(accepted.size() + 1, encounter, transaction, System.nanoTime());
            accepted.add(message);
            session.countMessage();
            return message;
        });
    }

    void login(LoginAttempt attempt) {
        monitor.change(() -> logins.add(attempt));
    }
}
