package org.resilientmail.matrix;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What the seed draws for a cell: the same for the same seed and cell, in whatever order and company it is run.
 * Immutable.
 *
 * @param login whether the client logs in
 * @param mechanism by which mechanism
 * @param lasting whether the fault strikes all through the call, or once
 * @param words the reply of the fault; empty for the ordinary one
 * @param text the text of the message
 * @param cut the octets of the message after which a fault within it strikes
 * @param chunkSize the size of Angus' chunks, where they are asked for
 * @param drip the pause after each octet of a slow reply
 * @param deadline {@code retry.deadline} of the call
 */
record Variant(
        boolean login,
        String mechanism,
        boolean lasting,
        Optional<String> words,
        String text,
        int cut,
        int chunkSize,
        Duration drip,
        Duration deadline) {

    static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(700);
    /** So slow that a call which waits for the whole reply is found out by the guard. */
    private static final Duration CRAWL = Duration.ofSeconds(1);

    /** Draws. */
    static Variant draw(long seed, Cell cell) {
        Random random = new Random(seed * 1_000_003 + cell.id().hashCode());
        boolean answers = cell.position() == Position.FIRST_ANSWER || cell.position() == Position.SECOND_ANSWER;
        boolean login = answers || cell.position() == Position.AUTH || random.nextInt(3) == 0;
        String mechanism = answers ? "LOGIN" : oneOf(random, "PLAIN", "LOGIN", "XOAUTH2");
        boolean lasting = random.nextBoolean();
        String text = text(random, cell.path() != Path.BDAT);
        // The reply to the final dot is waited for, however slow: there a crawl would only take its time.
        boolean isWaitedFor = cell.position() == Position.BODY || cell.position() == Position.END_OF_DATA;
        boolean crawls = cell.mishap() == Mishap.SLOW_DRIP && !isWaitedFor && random.nextInt(4) == 0;
        return new Variant(
                login,
                mechanism,
                lasting,
                cell.mishap().draw(cell.position(), random),
                text,
                random.nextInt(text.length()),
                cell.position() == Position.CHUNK ? 64 : oneOf(random, 64, 1_000, 65_536),
                crawls ? CRAWL : Duration.ofMillis(oneOf(random, 1, 2, 10)),
                crawls || random.nextInt(4) == 0 ? SHORT : LONG);
    }

    /** Lines, where they may be had with and without leading dots, from a few to some hundreds. */
    private static String text(Random random, boolean dots) {
        List<String> lines = List.of(".", "..", ".one dot", "no dot.", "From nobody", "", "x".repeat(76));
        lines = lines.stream().filter(line -> dots || !line.startsWith(".")).toList();
        int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 800 : 20);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(lines.get(random.nextInt(lines.size()))).append("\r\n");
        }
        return text.append(dots ? ".The end, and a dot in every message.\r\n" : "The end.\r\n")
                .toString();
    }

    @SafeVarargs
    private static <T> T oneOf(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** All but the text, which may be long. */
    @Override
    public String toString() {
        return (lasting ? "all through the call" : "once")
                + words.map(said -> ", \"" + said.replace("\n", "\\n") + "\"").orElse("")
                + (login ? ", login by " + mechanism : ", no login")
                + ", deadline " + deadline + ", text of " + text.length() + " octets, cut at " + cut + ", chunks of "
                + chunkSize + ", drip " + drip;
    }
}
