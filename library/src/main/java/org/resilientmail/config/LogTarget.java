package org.resilientmail.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where to log to ({@code log}): nowhere, Java's own {@link System.Logger} named {@code org.resilientmail}, or a file.
 *
 * @param system whether to log to the {@code System.Logger}
 * @param file the file to append to; empty: no file
 */
public record LogTarget(boolean system, Optional<Path> file) {

    /** Nothing is logged. */
    public static final LogTarget NONE = new LogTarget(false, Optional.empty());

    /** To the {@code System.Logger}. */
    public static final LogTarget SYSTEM = new LogTarget(true, Optional.empty());

    /**
     * A target.
     *
     * @param system see {@link #system()}
     * @param file see {@link #file()}
     * @throws NullPointerException if {@code file} is null
     */
    public LogTarget {
        Objects.requireNonNull(file, "file");
    }

    /** {@return whether anything is to be logged} */
    public boolean isAny() {
        return system || file.isPresent();
    }
}
