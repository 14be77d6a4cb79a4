/**
 * Code written for Jakarta Mail and Angus keeps its meaning: the same scenario on the undecorated transport and on ours,
 * compared.
 */
package org.resilientmail.dropin;
