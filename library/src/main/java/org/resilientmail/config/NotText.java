package org.resilientmail.config;

/**
 * Stands for a property's value that is not a String. {@link java.util.Properties#getProperty(String)} does not see such a
 * value, so without an error the setting would be lost in silence.
 *
 * @param type the value's class
 */
record NotText(String type) {

    static NotText of(Object value) {
        return new NotText(value.getClass().getName());
    }

    String explain() {
        return "is of type " + type + ", which Properties does not read: set it as a String, with setProperty";
    }
}
