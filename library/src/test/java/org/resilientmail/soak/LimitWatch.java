package org.resilientmail.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.SessionRecord;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TranscriptLine;

/**
 * Counts, from the server's books alone, what an account did at its busiest.
 *
 * <p>Counts are exact; only time needs care. A command is dated when the server read it. The client keeps a permit from
 * before the first command of an envelope until a period after it has seen the answer to the last one, so what the server
 * reads within less than a period was all under permits held together: there is no slack for rates. A session is open up
 * to the last command read from it; a client that leaves is noticed later, by the time it takes to wake the server's
 * thread, and by then the next one may be there: that far the session counts only up to {@link #NOTICING} before its end
 * was noticed. A reply that is there before its time, a second one or one in the middle of the message, is what the client
 * finds in place of the answer to what it says next, and it may leave at once: the server reads that when nobody is there
 * any more, so it proves nothing.
 */
final class LimitWatch {

    /**
     * How long the server may take to notice that a client has closed: a whole machine was seen to stand still for a
     * third of a second. One that does so for much longer makes replies late as well, and they cannot be told from faults.
     */
    static final Duration NOTICING = SoakAccount.READ_TIMEOUT.multipliedBy(3).dividedBy(4);

    private static final int SHOWN_LINES = 12;

    private LimitWatch() {}

    /**
     * An account at its busiest.
     *
     * @param account whose
     * @param sessions sessions at once
     * @param messages messages in one session, every MAIL command counted
     * @param recipients recipients of one message
     * @param messageRate messages within a period of its {@code rate.messages}
     * @param recipientRate recipients within a period of its {@code rate.recipients}
     */
    record Peak(SoakAccount account, int sessions, int messages, int recipients, int messageRate, int recipientRate) {

        /** What went over its limit, one line each. */
        List<String> broken() {
            List<String> broken = new ArrayList<>();
            check(broken, "sessions at once", sessions, account.maxSessions());
            check(broken, "messages in a session", messages, account.maxMessages());
            check(broken, "recipients of a message", recipients, account.maxRecipients());
            check(
                    broken,
                    "messages in a period",
                    messageRate,
                    account.messages().permits());
            check(
                    broken,
                    "recipients in a period",
                    recipientRate,
                    account.recipients().permits());
            return broken;
        }

        private void check(List<String> broken, String what, int seen, int allowed) {
            if (seen > allowed) {
                broken.add("limit: " + account.name() + " had " + seen + " " + what + ", allowed: " + allowed);
            }
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s %d/%d %d/%d %d/%d %d/%d %d/%d",
                    account.name(),
                    sessions,
                    account.maxSessions(),
                    messages,
                    account.maxMessages(),
                    recipients,
                    account.maxRecipients(),
                    messageRate,
                    account.messages().permits(),
                    recipientRate,
                    account.recipients().permits());
        }
    }

    /** {@return when the session was open for certain} */
    static Span open(SessionRecord session) {
        List<TranscriptLine> heard = heard(session);
        long lastHeard = heard.isEmpty()
                ? session.openedAt()
                : heard.get(heard.size() - 1).nanoTime();
        long noticed = session.endedAt() - NOTICING.toNanos();
        return new Span(session.openedAt(), noticed - lastHeard > 0 ? noticed : lastHeard);
    }

    /** What the client said and then waited for an answer to. */
    private static List<TranscriptLine> heard(SessionRecord session) {
        List<TranscriptLine> transcript = session.transcript();
        List<TranscriptLine> heard = transcript.stream()
                .filter(line -> line.from() == TranscriptLine.Source.CLIENT)
                .toList();
        boolean tooEarly = transcript.stream()
                .filter(line -> line.from() == TranscriptLine.Source.REMARK)
                .map(TranscriptLine::text)
                .anyMatch(remark -> remark.startsWith(Fault.TWO_REPLIES.name()) || remark.endsWith(Step.BODY.name()));
        return tooEarly && !heard.isEmpty() ? heard.subList(0, heard.size() - 1) : heard;
    }

    /** {@return the account's peak over these sessions, all of them ended; those of other accounts do not count} */
    static Peak peak(SoakAccount account, Collection<SessionRecord> sessions) {
        List<Span> open = new ArrayList<>();
        List<Long> mails = new ArrayList<>();
        List<Long> recipients = new ArrayList<>();
        int mostMessages = 0;
        int mostRecipients = 0;
        for (SessionRecord session : sessions) {
            if (!isOf(account, session)) {
                continue;
            }
            open.add(open(session));
            int messages = 0;
            int recipientsOfMessage = 0;
            for (TranscriptLine line : heard(session)) {
                if (line.text().startsWith("MAIL ")) {
                    mails.add(line.nanoTime());
                    messages++;
                    recipientsOfMessage = 0;
                } else if (line.text().startsWith("RCPT ")) {
                    recipients.add(line.nanoTime());
                    recipientsOfMessage++;
                }
                mostRecipients = Math.max(mostRecipients, recipientsOfMessage);
            }
            mostMessages = Math.max(mostMessages, messages);
        }
        return new Peak(
                account,
                Span.mostAtOnce(open),
                mostMessages,
                mostRecipients,
                Span.mostWithin(account.messages().period().toNanos(), inOrder(mails)),
                Span.mostWithin(account.recipients().period().toNanos(), inOrder(recipients)));
    }

    /** {@return the ends of the sessions that were open together when the account had most of them} */
    static String crowd(SoakAccount account, Collection<SessionRecord> sessions) {
        List<SessionRecord> own =
                sessions.stream().filter(session -> isOf(account, session)).toList();
        long busiest = Span.busiest(own.stream().map(LimitWatch::open).toList());
        return own.stream()
                .filter(session -> open(session).contains(busiest))
                .map(session -> end(session, busiest))
                .collect(Collectors.joining("\n"));
    }

    private static String end(SessionRecord session, long zero) {
        List<TranscriptLine> lines = session.transcript();
        return lines.stream()
                .skip(Math.max(0, lines.size() - SHOWN_LINES))
                .map(line -> (line.nanoTime() - zero) / 1_000 + " us " + line)
                .collect(Collectors.joining(
                        "\n  ",
                        "session " + session.number() + " until "
                                + (open(session).to() - zero) / 1_000 + " us\n  ",
                        ""));
    }

    private static boolean isOf(SoakAccount account, SessionRecord session) {
        return session.commands().stream()
                .filter(command -> command.startsWith("EHLO ") || command.startsWith("HELO "))
                .anyMatch(command -> account.greetsAs(command.substring(command.indexOf(' ') + 1)));
    }

    private static List<Long> inOrder(List<Long> moments) {
        if (moments.isEmpty()) {
            return moments;
        }
        long base = moments.get(0);
        return moments.stream().map(at -> at - base).sorted().toList();
    }
}
