package org.resilientmail.config;

import java.time.Duration;

/**
 * How messages are handed over to the relay, as far as it announces that it can.
 *
 * @param pipelining whether commands are sent without waiting for the reply to each, RFC 2920 ({@code pipelining})
 * @param pause how long a relay that cannot do what it announces is spoken to plainly ({@code pipelining.pause}), more than
 *     zero
 * @param chunking whether messages go by {@code BDAT}, RFC 3030 ({@code chunking})
 */
public record TransferSettings(boolean pipelining, Duration pause, Chunking chunking) {

    /** One command at a time, and messages by {@code DATA}: what every relay understands. */
    public static final TransferSettings PLAIN = new TransferSettings(false, Duration.ofMinutes(10), Chunking.OFF);

    /**
     * Settings.
     *
     * @param pipelining see {@link #pipelining()}
     * @param pause see {@link #pause()}
     * @param chunking see {@link #chunking()}
     * @throws ConfigurationException if a value is null or out of range
     */
    public TransferSettings {
        Problems problems = new Problems();
        problems.check(ConfigKeys.PIPELINING_PAUSE, pause);
        problems.check(ConfigKeys.CHUNKING, chunking);
        problems.throwIfAny();
    }
}
