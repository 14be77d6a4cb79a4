package org.resilientmail.config;

/**
 * What a key is called, what it means and what it takes. All texts are for people, in English.
 *
 * @param name the key without the prefix {@code mail.resilient.}, for example {@code session.max-open}
 * @param defaultText the value that holds when the key is set nowhere, as one would write it; {@code none} if there is none
 * @param allowed what may be written
 * @param meaning one line
 */
public record ConfigKey(String name, String defaultText, String allowed, String meaning) {

    /**
     * The key as it is written in a file, in {@code Session} properties and as a system property.
     *
     * @return the name with its prefix, for example {@code mail.resilient.session.max-open}
     */
    public String property() {
        return ConfigKeys.PREFIX + name;
    }
}
