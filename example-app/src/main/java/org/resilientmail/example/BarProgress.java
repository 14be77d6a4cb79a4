package org.resilientmail.example;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that moves, on a terminal's standard error. */
final class BarProgress implements Progress {

    private static final int REFRESH_MILLIS = 200;

    private final ProgressBar bar;

    BarProgress(int messages) {
        bar = new ProgressBarBuilder()
                .setTaskName("Sending")
                .setInitialMax(messages)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .build();
    }

    @Override
    public void step() {
        bar.step();
    }

    @Override
    public void close() {
        bar.close();
    }
}
