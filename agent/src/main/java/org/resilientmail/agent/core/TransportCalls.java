package org.resilientmail.agent.core;

/** Takes the calls of one mail implementation's transport objects. Implemented once for each, by remapped classes. */
public interface TransportCalls {

    /**
     * A method of a transport object was called.
     *
     * @param method its name
     * @param transport the object
     * @param arguments its arguments
     * @return the result in an array of its own; {@code null}: the object is to do what it did without us
     * @throws Exception what the caller is to get
     */
    Object[] call(String method, Object transport, Object[] arguments) throws Exception;
}
