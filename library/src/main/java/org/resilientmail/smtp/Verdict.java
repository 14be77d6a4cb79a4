package org.resilientmail.smtp;

import org.resilientmail.reply.NoReply;

/**
 * The wait for the reply to the whole message: nothing but its own end ends it.
 *
 * @param conversation told that the reply did not come
 * @param hold of the connection it is waited for on
 */
record Verdict(Conversation conversation, SocketHold hold) implements Deadline.Work {

    @Override
    public void breakOff(NoReply why) {
        conversation.overdue();
        hold.cut();
    }
}
