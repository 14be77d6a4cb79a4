package org.resilientmail.example.relay;

import java.time.InstantSource;

/** What all sessions of one relay share. */
record Relay(
        RelayLimits limits,
        Troubles troubles,
        Login login,
        Upstream upstream,
        InstantSource clock,
        Ledger ledger,
        LoginGuard guard,
        Greylist greylist,
        Throttle throttle) {

    static Relay of(RelayLimits limits, Troubles troubles, Login login, Upstream upstream, InstantSource clock) {
        return new Relay(
                limits,
                troubles,
                login,
                upstream,
                clock,
                new Ledger(),
                new LoginGuard(login, limits.failedLogins(), clock),
                new Greylist(troubles.greylisted(), troubles.greylisting(), clock),
                new Throttle(troubles.throttleAfter(), troubles.throttling(), clock));
    }
}
