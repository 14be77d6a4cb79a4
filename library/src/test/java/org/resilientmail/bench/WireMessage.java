package org.resilientmail.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Messages as they go over the wire, for those who do not compose any. Thread-safe. */
final class WireMessage {

    private final byte[] text;
    private final AtomicLong numbers = new AtomicLong();

    WireMessage(Scene scene) {
        text = scene.text().getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return the next message} */
    byte[] next() {
        long number = numbers.incrementAndGet();
        byte[] header = ("Date: Thu, 1 Jan 2026 00:00:00 +0000\r\nFrom: " + Target.SENDER + "\r\nTo: "
                        + Target.RECIPIENT + "\r\nMessage-ID: <" + number + ".benchmark@client.example.com>\r\n"
                        + "Subject: Test " + number + "\r\nMIME-Version: 1.0\r\n"
                        + "Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n"
                        + "X-Test-Mark: test-" + number + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(header.length + text.length)
                .put(header)
                .put(text)
                .array();
    }
}
