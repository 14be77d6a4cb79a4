package org.resilientmail.reply;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The phases a rule is for. Immutable. */
final class PhaseSet {

    private static final String ALLOWED = "* or a list of "
            + Arrays.stream(SmtpPhase.values())
                    .filter(phase -> phase != SmtpPhase.UNKNOWN)
                    .map(Enum::name)
                    .collect(Collectors.joining(", "))
            + ", - (not known)";

    private final Set<SmtpPhase> phases;

    private PhaseSet(Set<SmtpPhase> phases) {
        this.phases = phases;
    }

    static PhaseSet parse(String column) throws BadColumn {
        if (column.equals("*")) {
            return new PhaseSet(EnumSet.allOf(SmtpPhase.class));
        }
        Set<SmtpPhase> phases = EnumSet.noneOf(SmtpPhase.class);
        for (String item : column.split(",", -1)) {
            phases.add(phase(item.strip(), column));
        }
        return new PhaseSet(phases);
    }

    private static SmtpPhase phase(String name, String column) throws BadColumn {
        if (name.equals("-")) {
            return SmtpPhase.UNKNOWN;
        }
        for (SmtpPhase phase : SmtpPhase.values()) {
            if (phase.name().equals(name)) {
                return phase;
            }
        }
        throw new BadColumn("phases", column, ALLOWED);
    }

    boolean includes(SmtpPhase phase) {
        return phases.contains(phase);
    }

    /** {@return the only phase the set is for, else {@link SmtpPhase#UNKNOWN} where allowed, else any one of it} */
    SmtpPhase representative() {
        return phases.contains(SmtpPhase.UNKNOWN)
                ? SmtpPhase.UNKNOWN
                : phases.iterator().next();
    }
}
