package org.resilientmail.smtp;

import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * Notices that the thread is interrupted while it waits in a socket, which by itself heeds no interrupts. Java has this
 * for channels: from {@code begin} to {@code end}, an interrupt closes them. Here it does something else, on the
 * interrupting thread.
 */
final class Interruption extends AbstractInterruptibleChannel {

    private final Deadline told;

    private Interruption(Deadline told) {
        this.told = told;
    }

    /**
     * Watches from now on. A thread that is interrupted already is not watched: who sends all the same means to, as a
     * task does that reports its own interruption by mail, and Angus sends then.
     *
     * @param told told on the interrupting thread, at most once
     * @return to be {@link #over() ended} by the same thread
     */
    static Interruption watch(Deadline told) {
        if (Thread.currentThread().isInterrupted()) {
            return null;
        }
        Interruption watching = new Interruption(told);
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
        told.interrupted();
    }
}
