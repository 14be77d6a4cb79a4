package legacyapp;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The same application, which says that it runs and begins to send when it is told to. */
public final class LateApp {

    private LateApp() {}

    /** Waits for a line on stdin. */
    public static void main(String[] batches) throws Exception {
        System.out.println("running");
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)).readLine();
        LegacyApp.main(batches);
    }
}
