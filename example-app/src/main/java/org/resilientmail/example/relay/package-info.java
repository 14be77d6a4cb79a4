/**
 * A small SMTP relay that keeps a provider's limits: it speaks to the sender as the provider does and hands what it
 * accepts on to a server behind it. It knows nothing of the library under demonstration.
 */
package org.resilientmail.example.relay;
