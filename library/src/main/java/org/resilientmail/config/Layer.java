package org.resilientmail.config;

import java.util.Map;

/**
 * What one source sets.
 *
 * @param general the entries that hold for everything, by the name of their key
 * @param accounts the entries of every account section, by the section's name, then by the name of their key
 */
record Layer(Map<String, Entry> general, Map<String, Map<String, Entry>> accounts) {

    static final String HOST = "host";
    static final String USER = "user";
    static final Layer EMPTY = new Layer(Map.of(), Map.of());

    Map<String, Entry> account(String name) {
        return accounts.getOrDefault(name, Map.of());
    }
}
