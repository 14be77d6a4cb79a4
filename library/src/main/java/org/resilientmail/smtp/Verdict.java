package org.resilientmail.smtp;

import java.time.Duration;
import java.util.Optional;
import org.resilientmail.reply.NoReply;

/**
 * The wait for the reply to the whole message. From the moment the message leaves whole, no deadline and no interrupt ends
 * it, and so something else has to. Used by the session's thread; broken off from any.
 */
final class Verdict implements Deadline.Work {

    private final Optional<Duration> whole;
    private final Conversation conversation;
    private final SocketHold hold;
    private Deadline end;

    /**
     * @param whole what the reply may take as a whole, however steadily it comes; empty: for ever
     * @param conversation told that the reply did not come
     * @param hold of the connection it is waited for on
     */
    Verdict(Optional<Duration> whole, Conversation conversation, SocketHold hold) {
        this.whole = whole;
        this.conversation = conversation;
        this.hold = hold;
    }

    /** The message leaves, or has left a moment ago. */
    void await(ReplyStream replies) {
        replies.waitWhateverComes(true);
        if (end == null && whole.isPresent()) {
            end = Deadline.in(whole.get(), this);
        }
    }

    /** It came, or will not. */
    void over(ReplyStream replies) {
        replies.waitWhateverComes(false);
        if (end != null) {
            end.close();
            end = null;
        }
    }

    @Override
    public void breakOff(NoReply why) {
        conversation.overdue();
        hold.cut();
    }
}
