package org.resilientmail.agent.bridge;

import java.util.function.BiFunction;

/**
 * The way from an application's transport class to the agent. A pattern: the agent defines it as a class of
 * {@code java.lang}, the only package that every class loader sees, whatever it filters. Holds nothing of any application.
 */
public final class Dispatcher {

    /** Set by the agent before the first changed class is there. */
    public static volatile BiFunction<String, Object[], Object[]> target;

    private Dispatcher() {}

    /**
     * Called at the beginning of a changed method.
     *
     * @param method its name
     * @param self the transport object
     * @param arguments its arguments
     * @return the result in an array of its own, instead of what the method would do; {@code null}: do that
     */
    public static Object[] enter(String method, Object self, Object[] arguments) {
        BiFunction<String, Object[], Object[]> current = target;
        return current == null ? null : current.apply(method, new Object[] {self, arguments});
    }
}
