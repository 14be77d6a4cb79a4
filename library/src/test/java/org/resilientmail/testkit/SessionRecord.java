package org.resilientmail.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What happened in one session; live, so its answers change while the session goes on. Thread-safe. */
public final class SessionRecord {

    private final Monitor monitor;
    private final int number;
    private final long openedAt;
    private final List<TranscriptLine> lines = new ArrayList<>();
    private int accepted;
    private int roundTrips;
    private boolean ended;
    private boolean finished;
    private long endedAt;
    private boolean closed;

    SessionRecord(Monitor monitor, int number, long openedAt) {
        this.monitor = monitor;
        this.number = number;
        this.openedAt = openedAt;
    }

    /** Its number on this server, from 1. */
    public int number() {
        return number;
    }

    /** When the connection was accepted, by {@link System#nanoTime()}. */
    public long openedAt() {
        return openedAt;
    }

    /** How many messages were accepted in it. */
    public int messages() {
        return monitor.read(() -> accepted);
    }

    /** How often the server had to wait for the client after it had written something; final once it is closed. */
    public int roundTrips() {
        return monitor.read(() -> roundTrips);
    }

    /** Whether the server's side of the connection is closed, so that the client can see it. */
    public boolean isFinished() {
        return monitor.read(() -> finished);
    }

    /** Whether one of the two sides has ended it: by QUIT, by closing, by a fault. */
    public boolean isEnded() {
        return monitor.read(() -> ended);
    }

    /**
     * When this server knew it as ended, by {@link System#nanoTime()}; where the client ended it, that is when this was
     * noticed.
     *
     * @throws IllegalStateException when it has not ended
     */
    public long endedAt() {
        return monitor.read(() -> {
            if (!ended) {
                throw new IllegalStateException("session " + number + " goes on");
            }
            return endedAt;
        });
    }

    /** Everything said, in order. A copy. */
    public List<TranscriptLine> transcript() {
        return monitor.read(() -> List.copyOf(lines));
    }

    /** The command lines, in order, credentials masked. */
    public List<String> commands() {
        return from(TranscriptLine.Source.CLIENT);
    }

    /** The lines the server wrote, in order. */
    public List<String> replies() {
        return from(TranscriptLine.Source.SERVER);
    }

    /** How many commands had this verb, letter case ignored. */
    public int count(String verb) {
        String wanted = verb.toUpperCase(Locale.ROOT);
        return (int) commands().stream()
                .map(command -> command.toUpperCase(Locale.ROOT))
                .filter(command -> command.equals(wanted) || command.startsWith(wanted + " "))
                .count();
    }

    /** The transcript, one line each. */
    @Override
    public String toString() {
        return transcript().stream()
                .map(TranscriptLine::toString)
                .collect(Collectors.joining("\n", "session " + number + "\n", "\n"));
    }

    private List<String> from(TranscriptLine.Source source) {
        return transcript().stream()
                .filter(line -> line.from() == source)
                .map(TranscriptLine::text)
                .toList();
    }

    void heard(String command) {
        add(TranscriptLine.Source.CLIENT, command);
    }

    void said(String reply) {
        reply.lines().forEach(line -> add(TranscriptLine.Source.SERVER, line));
    }

    void remark(String what) {
        add(TranscriptLine.Source.REMARK, what);
    }

    void countRoundTrip() {
        monitor.read(() -> roundTrips++);
    }

    private void add(TranscriptLine.Source source, String text) {
        // Nobody is woken: waiting is for events, and a busy server writes thousands of lines while some wait.
        monitor.read(() -> lines.add(new TranscriptLine(source, text, System.nanoTime())));
    }

    /** Call under the monitor. */
    void countMessage() {
        accepted++;
    }

    /** Call under the monitor. */
    void finish() {
        monitor.change(() -> finished = true);
    }

    void end() {
        ended = true;
        endedAt = System.nanoTime();
    }

    /** Call under the monitor. */
    void close() {
        closed = true;
    }

    /** Whether the socket is closed on both sides; call under the monitor. */
    boolean isClosed() {
        return closed;
    }
}
