/**
 * What the relay says, and what follows from it: replies, the ordered rules that classify them, and the ways to get no
 * reply at all. Pure: no I/O but the loading of rules, and no Jakarta Mail.
 */
package org.resilientmail.reply;
