import java.util.Arrays;
import legacyapp.LegacyApp;

/** Sends a batch, says so, waits for a word, and sends the others. */
public class WaitingApp {
    public static void main(String[] args) throws Exception {
        LegacyApp.main(new String[] {args[0]});
        System.out.println(ProcessHandle.current().pid());
        System.in.read();
        LegacyApp.main(Arrays.copyOfRange(args, 1, args.length));
    }
}
