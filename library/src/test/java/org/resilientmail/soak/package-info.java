/**
 * A soak: many threads, faults at random, limits on, and in the end the books of both sides held against each other.
 * {@link org.resilientmail.soak.SoakMain} runs it from the command line, for as long as one likes.
 */
package org.resilientmail.soak;
