package org.resilientmail.soak;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.testkit.Fault;

/**
 * What a round came to. Immutable.
 *
 * @param options how it was run
 * @param took how long the callers needed
 * @param calls how the calls ended: {@code SENT}, or by kind of failure; those without the password are not among them
 * @param recipients how the recipients of those calls ended
 * @param trespasses calls without the password, all of which have to fail
 * @param repeated copies beyond the first, asked for by {@code retry.uncertain=resend}
 * @param commands commands at which a fault could happen
 * @param faults the faults that happened
 * @param sessions sessions the server had
 * @param rateWaits how often a caller waited for a permit
 * @param peaks every account at its busiest
 * @param broken what must not be, one line each
 */
record SoakResult(
        SoakOptions options,
        Duration took,
        Map<String, Integer> calls,
        Map<RecipientState, Integer> recipients,
        int trespasses,
        int repeated,
        long commands,
        Map<Fault, Long> faults,
        int sessions,
        long rateWaits,
        List<LimitWatch.Peak> peaks,
        List<String> broken) {

    SoakResult {
        calls = Map.copyOf(calls);
        recipients = Map.copyOf(recipients);
        faults = Map.copyOf(faults);
        peaks = List.copyOf(peaks);
        broken = List.copyOf(broken);
    }

    boolean isGood() {
        return broken.isEmpty();
    }

    long faultCount() {
        return faults.values().stream().mapToLong(Long::longValue).sum();
    }

    int count(RecipientState state) {
        return recipients.getOrDefault(state, 0);
    }

    /** {@return the share of recipients that were sent to, 0 to 1} */
    double sentShare() {
        int all = recipients.values().stream().mapToInt(Integer::intValue).sum();
        return all == 0 ? 0 : (double) count(RecipientState.SENT) / all;
    }

    /** {@return everything that matters, in one line} */
    String summary() {
        return String.format(
                Locale.ROOT,
                "soak %s: seed %d, %d calls by %d threads in %.1f s; calls %s; recipients %s (%.1f %% sent); "
                        + "%d without password; %d faults at %d commands; %d sessions; %d repeated on request; "
                        + "%d waits for rates; peaks (sessions, messages, recipients, both rates) %s; %d broken",
                isGood() ? "passed" : "FAILED",
                options.seed(),
                options.messages(),
                options.threads(),
                took.toMillis() / 1000.0,
                sorted(calls),
                sorted(recipients),
                100 * sentShare(),
                trespasses,
                faultCount(),
                commands,
                sessions,
                repeated,
                rateWaits,
                peaks.stream().map(LimitWatch.Peak::toString).collect(Collectors.joining(", ")),
                broken.size());
    }

    private static String sorted(Map<?, ?> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
