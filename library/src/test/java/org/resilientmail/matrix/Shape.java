package org.resilientmail.matrix;

import java.util.stream.IntStream;
import org.resilientmail.testkit.TestSessions;

/** To how many the message goes, and by which rules. */
enum Shape {
    /** One recipient. */
    SINGLE(1, false, 50, false),
    /** Three, all or nothing. */
    THREE(3, false, 50, false),
    /** Three, and those that are accepted get it. */
    THREE_PARTIAL(3, true, 50, false),
    /** Five, at most two per envelope: three envelopes, each all or nothing. */
    OVER_CAP(5, false, 2, false),
    /** Three, in part, and what is in doubt is sent again. */
    THREE_RESEND(3, true, 50, true);

    private final int recipients;
    private final boolean partial;
    private final int cap;
    private final boolean resend;

    Shape(int recipients, boolean partial, int cap, boolean resend) {
        this.recipients = recipients;
        this.partial = partial;
        this.cap = cap;
        this.resend = resend;
    }

    /** The addresses, in order. */
    String[] recipients() {
        return IntStream.range(0, recipients).mapToObj(Shape::address).toArray(String[]::new);
    }

    /** The last address. */
    String lastRecipient() {
        return address(recipients - 1);
    }

    /** The address with this number, from 0. */
    static String address(int number) {
        return "r" + number + "@example.com";
    }

    int envelopes() {
        return (recipients + cap - 1) / cap;
    }

    /** Whether a doubt is resolved by sending again, so that a copy too many is what was asked for. */
    boolean resends() {
        return resend;
    }

    /** Sets what an application would set to have it so. */
    void configure(TestSessions sessions) {
        sessions.smtp("sendpartial", Boolean.toString(partial))
                .set("mail.resilient.message.max-recipients", Integer.toString(cap))
                .set("mail.resilient.retry.uncertain", resend ? "resend" : "fail");
    }
}
