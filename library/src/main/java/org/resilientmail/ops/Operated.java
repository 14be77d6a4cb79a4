package org.resilientmail.ops;

import java.util.List;

/** What is operated: the pools and accounts of one class loader. Thread-safe. */
public interface Operated {

    /** {@return every account that was used, as it is now} */
    List<AccountStatus> accounts();

    /** Lets credentials that a relay refused be tried again at once. */
    void forgetRefusedLogins();

    /** Ends idle sessions now, and those in use as soon as their send is through. */
    void closeSessions();
}
