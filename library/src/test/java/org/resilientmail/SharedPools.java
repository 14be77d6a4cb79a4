package org.resilientmail;

import org.resilientmail.pool.PoolStatus;

/** Looks into the pools all transports of this JVM share, for tests in other packages. */
public final class SharedPools {

    private SharedPools() {}

    /** {@return the numbers of the account's pool now; all are zero for one that was never used} */
    public static PoolStatus status(String protocol, String host, int port, String user) {
        return Engine.SHARED
                .account(new AccountId(protocol, host, port, user))
                .pool()
                .status();
    }
}
