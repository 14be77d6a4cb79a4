package org.resilientmail.example.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes what it is given, or fails with what it is told to. */
final class RecordingUpstream implements Upstream {

    record Delivery(String sender, List<String> recipients, String data) {}

    final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    volatile IOException failure;

    @Override
    public void deliver(String sender, List<String> recipients, byte[] data) throws IOException {
        if (failure != null) {
            throw failure;
        }
        deliveries.add(new Delivery(sender, recipients, new String(data, StandardCharsets.UTF_8)));
    }
}
