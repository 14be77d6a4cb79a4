/**
 * The command line of the jar: explains replies with nothing but this library and the JDK.
 */
package org.resilientmail.cli;
