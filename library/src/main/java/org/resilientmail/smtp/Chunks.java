package org.resilientmail.smtp;

import jakarta.mail.MessagingException;
import java.io.IOException;

/** Sends chunks, each with its command in front, and one only when the one before was accepted. */
final class Chunks implements ChunkedBody.Carrier {

    private final FlyingTransport transport;
    private boolean first = true;

    Chunks(FlyingTransport transport) {
        this.transport = transport;
    }

    @Override
    public void begin(long octets, boolean last) throws IOException {
        GatheredOutput out = transport.socket().commands();
        try {
            if (!first) {
                out.send();
                if (transport.readServerResponse() != 250) {
                    throw new IOException(transport.getLastServerResponse());
                }
            }
            first = false;
            out.hold();
            transport.sendCommand("BDAT " + octets + (last ? " LAST" : ""));
        } catch (MessagingException e) {
            throw new IOException("BDAT write exception", e);
        }
    }

    @Override
    public void carry(byte[] bytes, int offset, int length) throws IOException {
        transport.socket().commands().write(bytes, offset, length);
    }
}
