/**
 * A scripted SMTP server over loopback sockets, and what tests need around it. The server keeps its own account of what
 * it accepted, so that "did it send twice, did it lose a recipient" is asked of the receiving end and not of the code
 * under test.
 */
package org.resilientmail.testkit;
