package legacyapp;

import java.io.OutputStream;
import java.io.PrintStream;

/** The same application with a standard error of its own, which fails. */
public final class MuteApp {

    private MuteApp() {}

    /** Sends all batches. */
    public static void main(String[] batches) throws Exception {
        System.setErr(new PrintStream(OutputStream.nullOutputStream()) {
            @Override
            public void println(String line) {
                throw new IllegalStateException("nobody listens");
            }
        });
        LegacyApp.main(batches);
    }
}
