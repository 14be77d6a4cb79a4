package org.resilientmail.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Properties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of this package begin with: properties, and a class path without a configuration file. */
final class Given {

    static final ClassLoader NO_CLASS_PATH = null;

    private Given() {}

    /** Properties from keys and values in turn; the keys without the prefix. */
    static Properties properties(String... keysAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.setProperty(ConfigKeys.PREFIX + keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }

    static AccountConfigs resolved(Properties session) {
        return ConfigResolver.resolve(session, new Properties(), NO_CLASS_PATH);
    }

    static ResilientConfig general(String... keysAndValues) {
        return resolved(properties(keysAndValues)).forAccount("mail.example.org", "jane");
    }

    /** The message of the error that the Session properties lead to. */
    static String errorOf(String... keysAndValues) {
        return errorOf(() -> resolved(properties(keysAndValues)));
    }

    static String errorOf(ThrowingCallable code) {
        ConfigurationException error = catchThrowableOfType(ConfigurationException.class, code);
        return error == null ? "no error" : error.getMessage();
    }
}
