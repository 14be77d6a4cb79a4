import legacyapp.LegacyApp;

/** Sends a batch, says so, waits for a word, and sends another. */
public class AttachedApp {
    public static void main(String[] args) throws Exception {
        LegacyApp.main(new String[] {"EACH:NONE:" + args[0]});
        System.out.println(ProcessHandle.current().pid());
        System.in.read();
        LegacyApp.main(new String[] {"EACH:NONE:" + args[1]});
    }
}
