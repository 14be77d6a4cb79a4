package org.resilientmail.config;

import java.nio.file.Path;
import java.util.Optional;

/** {@code none}, {@code system}, or the path of a file; whether it can be written shows when there is something to write. */
record LogTargetType() implements ValueType<LogTarget> {

    private static final String SYSTEM = "system";
    private static final ValueType<Optional<Path>> FILE = ValueTypes.file();

    @Override
    public LogTarget parse(String text) throws BadValue {
        return text.equals(SYSTEM) ? LogTarget.SYSTEM : new LogTarget(false, FILE.parse(text));
    }

    @Override
    public void check(LogTarget value) {
        // any path is well formed
    }

    @Override
    public String format(LogTarget value) {
        return value.system() ? SYSTEM : FILE.format(value.file());
    }

    @Override
    public String allowed() {
        return "none, system (the System.Logger org.resilientmail), or the path of a file to append to";
    }
}
