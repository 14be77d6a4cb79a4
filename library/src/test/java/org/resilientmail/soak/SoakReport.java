package org.resilientmail.soak;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.reply.FailureKind;

/** A result as a line of tab-separated values: numbers and one word, no field with a tab or a line end. */
final class SoakReport {

    private static final Map<String, Function<SoakResult, Object>> COLUMNS = columns();

    private SoakReport() {}

    static String header() {
        return String.join("\t", COLUMNS.keySet());
    }

    static String row(SoakResult result) {
        return String.join(
                "\t",
                COLUMNS.values().stream()
                        .map(column -> String.valueOf(column.apply(result)))
                        .toList());
    }

    private static Map<String, Function<SoakResult, Object>> columns() {
        Map<String, Function<SoakResult, Object>> columns = new LinkedHashMap<>();
        columns.put("result", result -> result.isGood() ? "passed" : "failed");
        columns.put("seed", result -> result.options().seed());
        columns.put("threads", result -> result.options().threads());
        columns.put("messages", result -> result.options().messages());
        columns.put("fault_rate", result -> result.options().faultRate());
        columns.put("millis", result -> result.took().toMillis());
        columns.put("commands", SoakResult::commands);
        columns.put("faults", SoakResult::faultCount);
        columns.put("sessions", SoakResult::sessions);
        columns.put("rate_waits", SoakResult::rateWaits);
        columns.put("without_password", SoakResult::trespasses);
        columns.put("calls_sent", result -> result.calls().getOrDefault("SENT", 0));
        for (FailureKind kind : FailureKind.values()) {
            columns.put("calls_" + lower(kind), result -> result.calls().getOrDefault(kind.name(), 0));
        }
        for (RecipientState state : RecipientState.values()) {
            columns.put("recipients_" + lower(state), result -> result.count(state));
        }
        columns.put("repeated", SoakResult::repeated);
        for (int i = 0; i < SoakAccount.ALL.size(); i++) {
            int account = i;
            String name = SoakAccount.ALL.get(i).name();
            columns.put(
                    name + "_sessions", result -> result.peaks().get(account).sessions());
            columns.put(
                    name + "_session_messages",
                    result -> result.peaks().get(account).messages());
            columns.put(
                    name + "_message_recipients",
                    result -> result.peaks().get(account).recipients());
            columns.put(
                    name + "_message_rate",
                    result -> result.peaks().get(account).messageRate());
            columns.put(
                    name + "_recipient_rate",
                    result -> result.peaks().get(account).recipientRate());
        }
        columns.put("broken", result -> result.broken().size());
        return columns;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
