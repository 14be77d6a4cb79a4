/**
 * What is shown to those who operate an application: counters, an MXBean, a log, a summary. Knows no mail, so that the
 * agent has it once for all applications of a JVM, and none of them is kept by it.
 */
package org.resilientmail.ops;
