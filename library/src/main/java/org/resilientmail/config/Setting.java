package org.resilientmail.config;

/**
 * A key with the type of its value.
 *
 * @param key what people read
 * @param type how a value is parsed, checked and written
 * @param defaultValue the value when the key is set nowhere
 * @param <T> the type of the value
 */
record Setting<T>(ConfigKey key, ValueType<T> type, T defaultValue) {

    static <T> Setting<T> of(String name, ValueType<T> type, T defaultValue, String meaning) {
        return new Setting<>(
                new ConfigKey(name, type.format(defaultValue), type.allowed(), meaning), type, defaultValue);
    }

    String name() {
        return key.name();
    }

    String property() {
        return key.property();
    }

    /** By hand, and by the name alone, which no two share: what is generated costs a young JVM many milliseconds. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Setting<?> that && name().equals(that.name());
    }

    @Override
    public int hashCode() {
        return name().hashCode();
    }

    /** What is wrong, followed by what is allowed. */
    String explain(BadValue bad) {
        return bad.getMessage() + "; allowed: " + key.allowed();
    }

    /** The value of an entry of this key: the reader of entries parsed it with this setting's type. */
    @SuppressWarnings("unchecked")
    T valueOf(Entry entry) {
        return (T) entry.value();
    }
}
