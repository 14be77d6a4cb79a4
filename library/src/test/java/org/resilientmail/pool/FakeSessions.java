package org.resilientmail.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Sessions that are only names, with the relay's count of how many are open. Thread-safe. */
final class FakeSessions implements SessionCloser<String> {

    final List<String> log = java.util.Collections.synchronizedList(new ArrayList<>());
    final Map<String, CloseReason> closed = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    volatile boolean closerFails;

    String open() {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        String session = "s" + opened.incrementAndGet();
        log.add("open " + session);
        return session;
    }

    @Override
    public void close(String session, int uses, CloseReason reason) {
        log.add("close " + session);
        open.decrementAndGet();
        if (closed.put(session, reason) != null) {
            throw new AssertionError(session + " was closed twice");
        }
        if (closerFails) {
            throw new IllegalStateException("the closer fails, as the test wants it");
        }
    }

    int opened() {
        return opened.get();
    }

    int openNow() {
        return open.get();
    }

    int mostOpen() {
        return mostOpen.get();
    }
}
