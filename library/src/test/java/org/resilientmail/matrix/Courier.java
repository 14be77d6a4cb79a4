package org.resilientmail.matrix;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import org.resilientmail.PrivateEngine;
import org.resilientmail.pool.PoolStatus;

/** Who carries the messages of one cell, and shares nothing with other cells. For one thread. */
interface Courier extends AutoCloseable {

    /** A transport that tells its listeners before {@code sendMessage} ends. */
    Transport transport(Session session);

    /** What the courier takes for the time, in nanoseconds. */
    long nanoTime();

    /** Lets the courier's time pass at once. */
    void letPass(Duration time);

    /** The numbers of the pool; {@code user} is {@code null} without a login. */
    PoolStatus pool(String protocol, String host, int port, String user);

    /** Ends all sessions that are not in use. */
    @Override
    void close();

    /** The one under test. */
    static Courier ours() {
        PrivateEngine engine = new PrivateEngine();
        return new Courier() {
            @Override
            public Transport transport(Session session) {
                return engine.transport(session);
            }

            @Override
            public long nanoTime() {
                return engine.nanoTime();
            }

            @Override
            public void letPass(Duration time) {
                engine.letPass(time);
            }

            @Override
            public PoolStatus pool(String protocol, String host, int port, String user) {
                return engine.pool(protocol, host, port, user);
            }

            @Override
            public void close() {
                engine.close();
            }
        };
    }
}
