package org.resilientmail.smtp;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The properties a pooled session sees: those of whoever is sending, under a layer of our own. A pooled session
 * outlives the Session it was opened for and serves others, so that properties which Angus reads for each message
 * ({@code mail.smtp.from}, {@code sendpartial}, {@code dsn.notify}, ...) have to be looked up at the sender.
 *
 * <p>Nothing of the application's is changed: the layer is ours alone. And nothing of it is kept: between two messages a
 * pooled session holds no properties, which may have a password among them, of an application that may be long gone.
 */
final class SessionProperties extends Properties {

    private static final long serialVersionUID = 1L;

    private static final Properties NOBODYS = new Properties();

    /** Stands for "not set" in the layer. */
    private static final Object HIDDEN = new Object();

    private transient volatile Properties sender;
    private final transient Map<String, Object> layer = new HashMap<>();

    SessionProperties(Properties sender) {
        this.sender = sender;
    }

    /** Whose properties count from now on. */
    void bind(Properties newSender) {
        sender = newSender;
    }

    /** The application's part is over: nothing of it is to be reached from here. */
    void release() {
        sender = NOBODYS;
    }

    /** Puts a value over the application's. Only while the session is being made. */
    void cover(String name, Object value) {
        layer.put(name, value);
    }

    /** Hides a value of the application's. Only while the session is being made. */
    void hide(String name) {
        layer.put(name, HIDDEN);
    }

    @Override
    public Object get(Object name) {
        Object ours = layer.get(name);
        if (ours != null) {
            return ours == HIDDEN ? null : ours;
        }
        return sender.get(name);
    }

    @Override
    public String getProperty(String name) {
        Object ours = layer.get(name);
        if (ours != null) {
            return ours instanceof String text ? text : null;
        }
        return sender.getProperty(name);
    }

    @Override
    public String getProperty(String name, String defaultValue) {
        String value = getProperty(name);
        return value == null ? defaultValue : value;
    }

    @Override
    public Set<String> stringPropertyNames() {
        return sender.stringPropertyNames();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "SessionProperties";
    }
}
