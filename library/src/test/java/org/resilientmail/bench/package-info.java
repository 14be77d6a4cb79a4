/**
 * How fast: our transport beside others, against one sink, in one run. {@link org.resilientmail.bench.Benchmark} is the
 * program; each contestant has a JVM of its own, so that what is measured of a JVM is the contestant's alone.
 */
package org.resilientmail.bench;
