package org.resilientmail;

/**
 * How many sends of one transport object are under way. Closing does not wait for them, but is told to the listeners
 * only after their own events, as with Angus, whose {@code close} waits: the thread that delivers the events ends with
 * that one, and a later event would start another, which nobody ends. Thread-safe.
 */
final class SendsUnderWay {

    private int sends;
    private boolean farewellDue;

    synchronized void begin() {
        sends++;
    }

    /** {@return whether it is now, and with this send, that the closing has to be told} */
    synchronized boolean end() {
        sends--;
        return sends == 0 && takeFarewell();
    }

    /** {@return whether the closing is told later, when the last send has ended} */
    synchronized boolean postponeFarewell() {
        farewellDue |= sends > 0;
        return sends > 0;
    }

    /** {@return whether a closing that was put off has to be told now; only once} */
    synchronized boolean takeFarewell() {
        boolean due = farewellDue;
        farewellDue = false;
        return due;
    }
}
