package org.resilientmail.pool;

import java.util.Optional;

/**
 * What a caller was given: an idle session, or a place for one that it has to open.
 *
 * @param slot the place, the caller's alone
 * @param reused whether there is a session in it
 * @param before a session that has to be closed before one is opened, because this was its place
 */
record Taken<S>(Slot<S> slot, boolean reused, Optional<Ending<S>> before) {}
