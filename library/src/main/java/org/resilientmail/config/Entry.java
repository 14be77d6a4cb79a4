package org.resilientmail.config;

/**
 * One value that was set somewhere.
 *
 * @param property the full name, as written there
 * @param text the value, as written there
 * @param origin where
 * @param value the parsed value, of the type of its key
 */
record Entry(String property, String text, Origin origin, Object value) {}
