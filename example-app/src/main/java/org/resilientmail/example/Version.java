package org.resilientmail.example;

import picocli.CommandLine.IVersionProvider;

/** The version from the jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"resilient-mail-example " + (version == null ? "(not from a jar)" : version)};
    }
}
