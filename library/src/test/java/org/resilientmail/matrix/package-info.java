/**
 * The fault matrix: every fault at every step of a conversation, for every kind of envelope, session and connection;
 * generated, not listed. {@link org.resilientmail.matrix.Cell} says what a cell is, {@link
 * org.resilientmail.matrix.Nonsense} which combinations are left out and why, {@link
 * org.resilientmail.matrix.Variant} what the seed draws, {@link org.resilientmail.matrix.CellRun} how one cell is run,
 * and {@link org.resilientmail.matrix.Verdict} what has to hold in every one.
 */
package org.resilientmail.matrix;
