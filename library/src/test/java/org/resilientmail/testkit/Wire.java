package org.resilientmail.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * One connection, seen as lines and octets, with all the ways of ending it. One thread reads; any thread may write or
 * end it.
 */
final class Wire {

    private final Socket raw;
    private final Runnable onRoundTrip;
    private final Object writing = new Object();
    private final ReentrantLock reading = new ReentrantLock();
    private final Condition arrived = reading.newCondition();

    private InputStream in;
    private OutputStream out;
    private volatile SSLSocket tls;
    private final ReadBuffer buffer = new ReadBuffer();
    private boolean readUnderWay;
    private volatile boolean atEnd;
    private volatile boolean finished;
    private volatile boolean wroteSinceWait;

    Wire(Socket raw, Runnable onRoundTrip) throws IOException {
        this.raw = raw;
        this.onRoundTrip = onRoundTrip;
        raw.setTcpNoDelay(true);
        in = raw.getInputStream();
        out = raw.getOutputStream();
    }

    boolean isTls() {
        return tls != null;
    }

    /** Whether the client has closed its side, or this side was closed. */
    boolean isAtEnd() {
        return atEnd;
    }

    /** Whether this side will say no more. */
    boolean isFinished() {
        return finished;
    }

    /** How long a read may wait; 0 for ever. */
    void setReadTimeout(int millis) throws IOException {
        raw.setSoTimeout(millis);
    }

    /** A line without its line end, or {@code null} at the end of the stream. */
    String readLine() throws IOException {
        byte[] line = readRawLine();
        if (line.length == 0) {
            return null;
        }
        int length = line.length;
        if (line[length - 1] == '\n') {
            length--;
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    /** The octets up to and including the next line feed; fewer at the end of the stream, none after it. */
    byte[] readRawLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (fill()) {
            if (buffer.takeLineInto(line)) {
                break;
            }
        }
        return line.toByteArray();
    }

    /** At most so many octets, at least one; none at the end of the stream. */
    byte[] readSome(int atMost) throws IOException {
        return fill() ? buffer.take(atMost) : new byte[0];
    }

    /** Makes sure that something can be taken out of the buffer; false at the end of the stream. */
    private boolean fill() throws IOException {
        reading.lock();
        try {
            while (buffer.isEmpty() && readUnderWay) {
                arrived.awaitUninterruptibly();
            }
            if (!buffer.isEmpty() || atEnd) {
                return !buffer.isEmpty();
            }
            readUnderWay = true;
        } finally {
            reading.unlock();
        }
        if (wroteSinceWait) {
            wroteSinceWait = false;
            onRoundTrip.run();
        }
        receive();
        return !buffer.isEmpty();
    }

    /** Reads once from the stream into the buffer; the caller has set {@link #readUnderWay}. */
    private void receive() throws IOException {
        byte[] received = new byte[8192];
        int length = 0;
        boolean over = true;
        try {
            length = in.read(received);
            over = length < 0;
        } catch (SocketTimeoutException e) {
            over = false;
            throw e;
        } finally {
            reading.lock();
            try {
                atEnd |= over;
                readUnderWay = false;
                buffer.append(received, Math.max(0, length));
                arrived.signalAll();
            } finally {
                reading.unlock();
            }
        }
    }

    /**
     * Has another thread read ahead, so that the client's leaving is noticed while the session's own thread waits for
     * something else. What is read stays in the buffer. Ends by itself at the end of the stream or when stopped.
     *
     * @return stops the reading ahead after the read that is under way
     */
    Runnable watchForEnd(Executor executor, Runnable onEnd) {
        Watch watch = new Watch(onEnd);
        executor.execute(watch);
        return watch::stop;
    }

    private final class Watch implements Runnable {
        private final Runnable onEnd;
        private boolean stopped;

        Watch(Runnable onEnd) {
            this.onEnd = onEnd;
        }

        void stop() {
            reading.lock();
            try {
                stopped = true;
            } finally {
                reading.unlock();
            }
        }

        private boolean begin() {
            reading.lock();
            try {
                if (stopped || atEnd || readUnderWay) {
                    return false;
                }
                readUnderWay = true;
                return true;
            } finally {
                reading.unlock();
            }
        }

        @Override
        public void run() {
            while (begin()) {
                try {
                    receive();
                } catch (SocketTimeoutException e) {
                    continue; // the silence outlives the patience for commands
                } catch (IOException e) {
                    break; // a reset: noted as the end
                }
            }
            onEnd.run();
        }
    }

    /** Writes and flushes in one piece. */
    void write(byte[] bytes) throws IOException {
        synchronized (writing) {
            out.write(bytes);
            out.flush();
        }
        wroteSinceWait = true;
    }

    /** Writes below TLS, if there is any. */
    void writeUnencrypted(byte[] bytes) throws IOException {
        synchronized (writing) {
            raw.getOutputStream().write(bytes);
        }
    }

    /** The server's side of the handshake, above what has been plain so far; plain octets read ahead are dropped. */
    void startTls(SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, "localhost", raw.getPort(), false);
        socket.setUseClientMode(false);
        socket.startHandshake();
        synchronized (writing) {
            tls = socket;
            out = socket.getOutputStream();
        }
        in = socket.getInputStream();
        buffer.clear();
    }

    /** Ends this side in order: close_notify, then FIN. Does nothing the second time. */
    void finish() {
        if (tls != null && !finished) {
            try {
                tls.shutdownOutput();
            } catch (IOException e) {
                finished = true; // the client is gone already
            }
        }
        finishUnencrypted();
    }

    /** Ends this side with a FIN alone. */
    void finishUnencrypted() {
        finished = true;
        try {
            if (!raw.isClosed() && !raw.isOutputShutdown()) {
                raw.shutdownOutput();
            }
        } catch (IOException e) {
            atEnd = true; // the client is gone already
        }
    }

    /** Reads and drops what the client still sends, until it closes its side: closing earlier would reset. */
    void drain() {
        byte[] dropped = new byte[8192];
        try {
            raw.setSoTimeout(0);
            InputStream below = raw.getInputStream();
            while (below.read(dropped) >= 0) {
                continue;
            }
        } catch (IOException e) {
            atEnd = true; // reset, or closed from this side
        }
    }

    /** Resets the connection. */
    void reset() {
        try {
            raw.setSoLinger(true, 0);
        } catch (IOException e) {
            atEnd = true; // closed already
        }
        close();
    }

    /** Closes the socket; a thread that reads sees the end. */
    void close() {
        finished = true;
        atEnd = true;
        try {
            raw.close();
        } catch (IOException e) {
            throw new AssertionError("a socket could not be closed", e);
        }
    }
}
