package org.resilientmail.bench;

import java.util.Arrays;

/**
 * What is measured.
 *
 * @param delayMillis the time of a round trip
 * @param threads that send at the same time; every contestant may have as many connections
 * @param octets of a message, about
 */
record Scene(int delayMillis, int threads, int octets) {

    /** What header fields take, about. */
    private static final int HEADER = 400;

    private static final String LINE = "x".repeat(76) + "\r\n";

    /** {@return the text of its messages} */
    String text() {
        return LINE.repeat(Math.max(1, (octets - HEADER) / LINE.length()));
    }

    /** {@return itself in one word} */
    String word() {
        return delayMillis + "/" + threads + "/" + octets;
    }

    /** {@return the one of this word} */
    static Scene of(String word) {
        int[] parts = Arrays.stream(word.split("/")).mapToInt(Integer::parseInt).toArray();
        return new Scene(parts[0], parts[1], parts[2]);
    }

    @Override
    public String toString() {
        return delayMillis + " ms, " + threads + (threads == 1 ? " thread, " : " threads, ") + octets + " octets";
    }
}
