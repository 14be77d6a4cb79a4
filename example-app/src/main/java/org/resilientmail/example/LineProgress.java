package org.resilientmail.example;

import java.io.PrintWriter;

/** About ten lines over the whole batch, for files and pipes. */
final class LineProgress implements Progress {

    private static final int LINES = 10;

    private final int messages;
    private final int every;
    private final PrintWriter out;
    private int done;

    LineProgress(int messages, PrintWriter out) {
        this.messages = messages;
        this.every = Math.max(1, messages / LINES);
        this.out = out;
    }

    @Override
    public synchronized void step() {
        done++;
        if (done % every == 0 || done == messages) {
            out.println(done + " of " + messages + " messages done");
            out.flush();
        }
    }

    @Override
    public void close() {
        out.flush();
    }
}
