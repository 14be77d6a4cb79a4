package org.resilientmail.config;

import java.util.Objects;

/**
 * How messages are handed over to the relay, as far as it announces that it can.
 *
 * @param pipelining whether commands are sent without waiting for the reply to each, RFC 2920 ({@code pipelining})
 * @param chunking whether messages go by {@code BDAT}, RFC 3030 ({@code chunking})
 */
public record TransferSettings(boolean pipelining, Chunking chunking) {

    /** One command at a time, and messages by {@code DATA}: what every relay understands. */
    public static final TransferSettings PLAIN = new TransferSettings(false, Chunking.OFF);

    /**
     * Settings.
     *
     * @param pipelining see {@link #pipelining()}
     * @param chunking see {@link #chunking()}
     * @throws NullPointerException if {@code chunking} is null
     */
    public TransferSettings {
        Objects.requireNonNull(chunking, "chunking");
    }
}
