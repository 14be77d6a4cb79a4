package org.resilientmail.config;

import java.util.Locale;
import java.util.Map;

/** The configuration of every account, resolved and checked. Immutable and thread-safe. */
public final class AccountConfigs {

    private final OperationSettings operation;
    private final ResilientConfig general;
    private final Map<Account, ResilientConfig> sections;

    AccountConfigs(OperationSettings operation, ResilientConfig general, Map<Account, ResilientConfig> sections) {
        this.operation = operation;
        this.general = general;
        this.sections = Map.copyOf(sections);
    }

    /** {@return what holds for all accounts together; never null} */
    public OperationSettings operation() {
        return operation;
    }

    /**
     * The configuration for a server and a user: that of the section with this host and user, else of the section with
     * this host and no user, else what is configured in general.
     *
     * @param host the server's name or address as given to the transport, compared without case; may be null
     * @param user the user name as given to the transport, compared exactly; may be null
     * @return never null
     */
    public ResilientConfig forAccount(String host, String user) {
        if (sections.isEmpty() || host == null) {
            return general;
        }
        ResilientConfig exact = user == null ? null : sections.get(Account.of(host, user));
        return exact != null ? exact : sections.getOrDefault(Account.of(host, null), general);
    }

    /**
     * What a section matches.
     *
     * @param host in lower case
     * @param user null: any
     */
    record Account(String host, String user) {
        static Account of(String host, String user) {
            return new Account(host.toLowerCase(Locale.ROOT), user);
        }
    }
}
