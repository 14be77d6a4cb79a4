package org.resilientmail.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Rates: {@code 20/1s, 2000/1h}, or {@code none}. */
record RatesType() implements ValueType<List<RateWindow>> {

    private static final ValueType<Integer> PERMITS = ValueTypes.count();
    private static final DurationType PERIOD = DurationType.from(Duration.ofMillis(1));

    @Override
    public List<RateWindow> parse(String text) throws BadValue {
        if (text.equals(ValueTypes.NONE)) {
            return List.of();
        }
        List<RateWindow> windows = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            windows.add(window(part.strip()));
        }
        check(windows);
        return List.copyOf(windows);
    }

    private static RateWindow window(String part) throws BadValue {
        String[] sides = part.split("/", -1);
        if (sides.length != 2) {
            throw new BadValue("is not a rate: write \"" + Problems.shown(part) + "\" as N/PERIOD, such as 20/1s");
        }
        try {
            return new RateWindow(PERMITS.parse(sides[0].strip()), PERIOD.parse(sides[1].strip()));
        } catch (BadValue bad) {
            throw new BadValue("is not a rate: a part of \"" + Problems.shown(part) + "\" " + bad.getMessage());
        }
    }

    static void checkWindow(int permits, Duration period) throws BadValue {
        if (period == null) {
            throw new BadValue("has no period");
        }
        PERMITS.check(permits);
        PERIOD.check(period);
    }

    @Override
    public void check(List<RateWindow> windows) throws BadValue {
        Set<Duration> periods = new HashSet<>();
        for (RateWindow window : windows) {
            if (window == null) {
                throw new BadValue("has a window that is null");
            }
            if (!periods.add(window.period())) {
                throw new BadValue("names the period " + DurationType.text(window.period()) + " twice");
            }
        }
    }

    @Override
    public String format(List<RateWindow> windows) {
        return windows.isEmpty()
                ? ValueTypes.NONE
                : windows.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Override
    public String allowed() {
        return "N/PERIOD, several separated by commas, such as 20/1s, 2000/1h; or " + ValueTypes.NONE;
    }
}
