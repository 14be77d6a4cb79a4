package org.resilientmail.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.resilientmail.testkit.TestCertificate;

/** A file with the sink's certificate, for JVMs that trust it by the JDK's own properties. */
record Trust(Path file, String password) {

    static Trust in(Path directory) throws IOException {
        Path file = directory.resolve("trusted.p12");
        String password = UUID.randomUUID().toString();
        TestCertificate.writeTrusted(file, password.toCharArray());
        return new Trust(file, password);
    }

    List<String> jvmArguments() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + file,
                "-Djavax.net.ssl.trustStorePassword=" + password,
                "-Djavax.net.ssl.trustStoreType=PKCS12");
    }
}
