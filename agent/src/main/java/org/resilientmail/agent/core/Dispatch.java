package org.resilientmail.agent.core;

import java.util.function.BiFunction;

/** Finds out whose call it is. Thread-safe. */
final class Dispatch implements BiFunction<String, Object[], Object[]> {

    private final Implementations implementations;

    Dispatch(Implementations implementations) {
        this.implementations = implementations;
    }

    @Override
    public Object[] apply(String method, Object[] call) {
        Object transport = call[0];
        TransportCalls calls = callsOf(transport);
        if (calls == null) {
            return null;
        }
        try {
            return calls.call(method, transport, (Object[]) call[1]);
        } catch (Exception e) {
            throw Dispatch.<RuntimeException>asItIs(e);
        }
    }

    private TransportCalls callsOf(Object transport) {
        try {
            return implementations.of(transport.getClass());
        } catch (RuntimeException | LinkageError e) {
            Notice.failed("cannot serve " + transport.getClass().getName(), e);
            return null;
        }
    }

    /** The changed method declares what is thrown here; this one cannot. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E asItIs(Exception e) throws E {
        throw (E) e;
    }
}
