package org.resilientmail.smtp;

import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * Notices that the thread is interrupted while it waits in a socket, which by itself heeds no interrupts. Java has this
 * for channels: from {@code begin} to {@code end}, an interrupt closes them. Here it does something else, on the
 * interrupting thread.
 */
final class Interruption extends AbstractInterruptibleChannel {

    private final Runnable onInterrupt;

    private Interruption(Runnable onInterrupt) {
        this.onInterrupt = onInterrupt;
    }

    /**
     * Watches from now on. A thread that is interrupted already is not watched: who sends all the same means to, as a
     * task does that reports its own interruption by mail, and Angus sends then.
     *
     * @param onInterrupt run on the interrupting thread, at most once; must not block
     * @return to be {@link #over() ended} by the same thread
     */
    static Interruption watch(Runnable onInterrupt) {
        if (Thread.currentThread().isInterrupted()) {
            return null;
        }
        Interruption watching = new Interruption(onInterrupt);
        watching.begin();
        return watching;
    }

    /** Watches no more. The thread's interrupt status is as it is. */
    void over() {
        try {
            end(true);
        } catch (IOException interrupted) {
            // What follows from it was done when it came.
        }
    }

    @Override
    protected void implCloseChannel() {
        onInterrupt.run();
    }
}
