package org.resilientmail.example.relay;

import java.io.IOException;
import java.util.List;

/** Where the relay hands accepted messages on to. Implementations are thread-safe. */
@FunctionalInterface
public interface Upstream {

    /**
     * Hands one message on; it returns when the other side has taken responsibility.
     *
     * @param sender the envelope sender, empty for the null sender
     * @param recipients the envelope recipients
     * @param data the message as it came over the wire, dots still doubled, without the final dot
     * @throws java.net.ConnectException if the other side cannot be reached; nothing was handed over
     * @throws IOException if the other side refused the message or broke off
     */
    void deliver(String sender, List<String> recipients, byte[] data) throws IOException;
}
