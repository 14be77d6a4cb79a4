package org.resilientmail;

import jakarta.mail.MessagingException;
import java.util.Properties;
import org.resilientmail.config.OperationSettings;
import org.resilientmail.config.ResilientConfig;

/** Where a transport's configuration comes from. Asked at every connect. */
interface Settings {

    /**
     * Whether the decoration is switched off by its nearest key. Asked first and by itself: a switch has to work when the
     * rest of the configuration does not.
     */
    boolean isSwitchedOff(Properties session);

    /** The configuration that holds for an account; one that cannot be used is a {@link MessagingException}. */
    Configured of(Properties session, String host, String user) throws MessagingException;

    /** A configuration built in code: nothing else counts. */
    static Settings builtInCode(ResilientConfig config) {
        return new Settings() {
            @Override
            public boolean isSwitchedOff(Properties session) {
                return false;
            }

            @Override
            public Configured of(Properties session, String host, String user) {
                return new Configured(config, OperationSettings.NONE);
            }
        };
    }

    /** What holds for an account, and what for all of them. */
    record Configured(ResilientConfig account, OperationSettings operation) {}
}
