package org.resilientmail.agent;

/** Whether this Java is new enough for all but the entry classes. */
final class JavaVersion {

    private static final int OLDEST = 17;

    private static final int THIS = thisOne();

    /** For the one line about it. */
    static final String WHAT_IS_NEEDED = "needs Java " + OLDEST + " or newer, and this is Java " + THIS;

    private JavaVersion() {}

    static boolean isTooOld() {
        return THIS < OLDEST;
    }

    private static int thisOne() {
        String version = System.getProperty("java.specification.version", "0");
        return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
    }
}
