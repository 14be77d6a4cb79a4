package org.resilientmail.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A JVM with one contestant. Its standard input tells what to do, a line each: {@code run PORT SCENE MILLIS MESSAGES}. It says
 * {@code ready} when it is connected, waits for a line, and says what it measured.
 */
public final class Contestant {

    /** A line that is for the benchmark, among whatever libraries print. */
    static final String MARK = "bench: ";

    private Contestant() {}

    /**
     * Takes part until its input ends.
     *
     * @param args the name of the contestant
     */
    public static void main(String[] args) throws Exception {
        // UTF-8 on both sides, whatever the machine's own is
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int status = 1;
        try {
            serve(Contender.of(args[0]), in, System.out);
            status = 0;
        } catch (Exception e) {
            e.printStackTrace(); // to the contestant's log; the benchmark sees the end
        } finally {
            System.exit(status); // whatever threads the contestant leaves
        }
    }

    private static void serve(Contender contender, BufferedReader in, PrintStream out) throws Exception {
        String line = in.readLine();
        while (line != null) {
            String[] words = line.split(" ");
            Scene scene = Scene.of(words[2]);
            Performance.Length length =
                    new Performance.Length(Duration.ofMillis(Long.parseLong(words[3])), Long.parseLong(words[4]));
            Peer peer = contender.open(new Target(Integer.parseInt(words[1])), scene);
            try {
                Performance.Result result = Performance.run(peer, scene.threads(), length, () -> {
                    out.println(MARK + "ready");
                    await(in);
                });
                out.println(MARK + result.line());
            } finally {
                peer.end();
            }
            out.println(MARK + "closed");
            line = in.readLine();
        }
    }

    private static void await(BufferedReader in) {
        try {
            in.readLine();
        } catch (IOException e) {
            throw new IllegalStateException("the benchmark has gone", e);
        }
    }
}
