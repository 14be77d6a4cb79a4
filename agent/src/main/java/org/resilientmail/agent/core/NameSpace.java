package org.resilientmail.agent.core;

import java.util.HashMap;
import java.util.Map;

/**
 * The names a mail implementation goes by. The interface ({@code jakarta.mail} or {@code javax.mail}) and the
 * implementation ({@code org.eclipse.angus.mail} or {@code com.sun.mail}) changed theirs at different times.
 */
final class NameSpace {

    private final Map<String, String> names;
    private final MissingMembers missing;

    private NameSpace(Map<String, String> names, MissingMembers missing) {
        this.names = names;
        this.missing = missing;
    }

    static NameSpace of(Class<?> transport) {
        Map<String, String> names = new HashMap<>();
        if (transport.getSuperclass().getName().startsWith("javax.")) {
            names.put("jakarta/mail/", "javax/mail/");
            names.put("jakarta/activation/", "javax/activation/");
        }
        if (transport.getName().startsWith("com.sun.")) {
            names.put("org/eclipse/angus/mail/", "com/sun/mail/");
        }
        return new NameSpace(Map.copyOf(names), MissingMembers.of(transport));
    }

    /** A class file written for Jakarta Mail on Angus 2, in these names. */
    byte[] moved(byte[] classFile) {
        byte[] complete = missing.replacedIn(classFile);
        return names.isEmpty() ? complete : Renamed.names(complete, names);
    }
}
