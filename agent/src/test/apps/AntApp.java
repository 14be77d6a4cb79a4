import java.nio.file.Files;
import java.nio.file.Path;

/** Ant's mail task. */
public class AntApp {
    public static void main(String[] args) throws Exception {
        StringBuilder build = new StringBuilder("<project default='mail'><target name='mail'>");
        for (int i = 1; i <= 5; i++) {
            build.append("<mail mailhost='127.0.0.1' mailport='" + args[0] + "' user='app' password='secret'"
                    + " encoding='mime' from='sender@example.com' tolist='to" + i + "@example.com' subject='Nr. " + i
                    + "' message='A line of text.' failonerror='false'/>");
        }
        Path file = Files.createTempFile("build", ".xml");
        Files.writeString(file, build + "</target></project>");
        org.apache.tools.ant.Main.main(new String[] {"-f", file.toString()});
    }
}
