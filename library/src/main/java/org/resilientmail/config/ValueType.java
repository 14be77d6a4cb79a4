package org.resilientmail.config;

/**
 * A kind of value: reading, checking, writing. Stateless.
 *
 * @param <T> the Java type
 */
interface ValueType<T> {

    /** The value that the text stands for, checked; the text has no blanks around it and is not empty. */
    T parse(String text) throws BadValue;

    /** Refuses a value out of range; the value is not null. */
    void check(T value) throws BadValue;

    /** The value as one would write it. */
    String format(T value);

    /** What may be written, for people. */
    String allowed();
}
