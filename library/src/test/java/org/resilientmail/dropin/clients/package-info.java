/** Real client libraries, used as their manuals say and with no line changed, send through our transport. */
package org.resilientmail.dropin.clients;
