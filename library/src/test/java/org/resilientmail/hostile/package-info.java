/** Attacks on the promises: never twice, never lost in silence, no dead end, no leak. */
package org.resilientmail.hostile;
