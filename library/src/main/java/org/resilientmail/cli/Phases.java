package org.resilientmail.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.resilientmail.reply.SmtpPhase;

/** The names of the phases as they are typed. */
final class Phases {

    /** All names, for messages. */
    static final String ALL = Arrays.stream(SmtpPhase.values())
            .filter(phase -> phase != SmtpPhase.UNKNOWN)
            .map(Enum::name)
            .collect(Collectors.joining(", ", "", ", -"));

    private Phases() {}

    /** {@return the phase of that name in any case, {@code -} standing for an unknown one, or {@code null}} */
    static SmtpPhase named(String name) {
        if (name.equals("-")) {
            return SmtpPhase.UNKNOWN;
        }
        String upper = name.toUpperCase(Locale.ROOT).replace('-', '_');
        for (SmtpPhase phase : SmtpPhase.values()) {
            if (phase.name().equals(upper)) {
                return phase;
            }
        }
        return null;
    }
}
