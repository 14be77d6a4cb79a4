package org.resilientmail.bench;

/**
 * What is measured.
 *
 * @param delayMillis the time of a round trip
 * @param threads that send at the same time; every contestant may have as many connections
 * @param octets of a message, about, or of its attachment
 * @param content what its messages are made of
 */
record Scene(int delayMillis, int threads, int octets, Content content) {

    /** What header fields take, about. */
    private static final int HEADER = 400;

    private static final String LINE = "x".repeat(76) + "\r\n";

    Scene(int delayMillis, int threads, int octets) {
        this(delayMillis, threads, octets, Content.TEXT);
    }

    /** {@return the text of its messages} */
    String text() {
        return LINE.repeat(Math.max(1, (octets - HEADER) / LINE.length()));
    }

    /** {@return itself in one word} */
    String word() {
        return delayMillis + "/" + threads + "/" + octets + "/" + content.id();
    }

    /** {@return the one of this word} */
    static Scene of(String word) {
        String[] parts = word.split("/");
        return new Scene(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Content.of(parts[3]));
    }

    @Override
    public String toString() {
        return delayMillis + " ms, " + threads + (threads == 1 ? " thread, " : " threads, ") + octets + " octets";
    }
}
