package org.resilientmail.agent;

import java.io.File;
import java.io.IOException;
import java.util.List;
import legacyapp.LegacyApp;
import legacyapp.Way;
import org.resilientmail.testkit.ScriptedSmtpServer;

/**
 * One application, which connects for each of five messages to a relay that makes no trouble.
 *
 * @param out what it said on stdout, without the words the application itself has to say
 * @param err what was said on stderr
 * @param sent how many messages it was told are sent
 * @param arrived how many the relay has
 * @param messagesPerSession how many came in each session
 */
record OneBatch(List<String> out, List<String> err, int sent, int arrived, List<Integer> messagesPerSession) {

    private static String words(Way way) {
        return way + ":" + Trouble.NONE;
    }

    /** What such an application is told to do. */
    static String batch(ScriptedSmtpServer server) {
        return batch(Way.EACH, server);
    }

    private static String batch(Way way, ScriptedSmtpServer server) {
        return words(way) + ":" + server.port();
    }

    /** Sends it. {@code before} stands before all else on the class path. */
    static OneBatch send(AppJvm jvm, MailVersion version, String... before) throws IOException, InterruptedException {
        return send(Way.EACH, jvm, version, before);
    }

    /** Sends it in another way. */
    static OneBatch send(Way way, AppJvm jvm, MailVersion version, String... before)
            throws IOException, InterruptedException {
        try (ScriptedSmtpServer server = Trouble.NONE.server(false)) {
            String classPath = String.join(File.pathSeparator, before)
                    + (before.length == 0 ? "" : File.pathSeparator)
                    + version.classPathFor(LegacyApp.class);
            String batch = batch(way, server);
            return of(way, jvm.run("-cp", classPath, LegacyApp.class.getName(), batch), server);
        }
    }

    /** What became of an application that sends such a batch. */
    static OneBatch of(AppJvm.Ended ended, ScriptedSmtpServer server) {
        return of(Way.EACH, ended, server);
    }

    private static OneBatch of(Way way, AppJvm.Ended ended, ScriptedSmtpServer server) {
        String words = words(way);
        List<String> spoken = ended.out().stream()
                .filter(line -> line.startsWith(words + "="))
                .toList();
        if (ended.status() != 0 || spoken.size() != 1) {
            throw new AssertionError("the application did not come to its end: " + ended);
        }
        int sent = (int) List.of(spoken.get(0).substring(words.length() + 1).split(";")).stream()
                .filter("sent"::equals)
                .count();
        return new OneBatch(
                ended.out().stream().filter(line -> !spoken.contains(line)).toList(),
                ended.err(),
                sent,
                server.account().accepted().size(),
                server.account().messagesPerSession());
    }

    /** Whether every message arrived, once, and the application was told so. */
    boolean allSent() {
        return sent == 5 && arrived == 5;
    }

    /** Whether the sessions were those of a pool. */
    boolean isDecorated() {
        return messagesPerSession.size() == 1;
    }
}
