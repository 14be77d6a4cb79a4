/**
 * The configuration: immutable records, where they come from, and what is wrong with them when something is.
 *
 * <p>{@link org.resilientmail.config.ConfigKeys} is the one table of keys; parsing, error texts and documentation follow
 * from it. This package knows neither mail nor any library: it is plain JDK.
 */
package org.resilientmail.config;
