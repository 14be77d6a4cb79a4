package org.resilientmail.smtp;

import java.security.Security;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names that Java has the answer to, as far as can be told: it remembers what it found for a time, and says of nothing how
 * long still. A name counts from a look-up after which, were it remembered from before, that would have been forgotten.
 * Where somebody else had looked it up in between, Java may ask once more, and wait for as long as its resolver does.
 * Thread-safe.
 */
final class FreshNames {

    /** What Java does where nobody says otherwise. */
    private static final int JAVAS_SECONDS = 30;

    /** Far more than an application has relays. */
    private static final int MOST = 256;

    private final long memory;
    private final Map<String, Long> found = new ConcurrentHashMap<>();

    /**
     * @param memory how long Java remembers a name; zero where it does not
     */
    FreshNames(Duration memory) {
        this.memory = memory.toNanos();
    }

    /** How long Java remembers a name, as its properties say, in seconds; where that is longer than usual, the usual time. */
    static Duration javasMemory() {
        try {
            String set = Security.getProperty("networkaddress.cache.ttl");
            set = set == null ? System.getProperty("sun.net.inetaddr.ttl") : set;
            int seconds = set == null ? JAVAS_SECONDS : Integer.parseInt(set.strip());
            return Duration.ofSeconds(seconds < 0 ? JAVAS_SECONDS : Math.min(seconds, JAVAS_SECONDS));
        } catch (NumberFormatException | SecurityException unknown) {
            return Duration.ZERO;
        }
    }

    /** A name was found by a look-up that began at this {@code nanoTime}. */
    void note(String host, long asked) {
        if (found.size() >= MOST) {
            found.clear();
        }
        found.merge(host, asked, (before, now) -> now - before > memory ? now : before);
    }

    /** Whether Java still remembers the name at this {@code nanoTime}, with time to spare. */
    boolean has(String host, long now) {
        Long asked = found.get(host);
        return asked != null && now - asked < memory / 6 * 5;
    }
}
