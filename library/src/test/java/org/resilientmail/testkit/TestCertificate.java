package org.resilientmail.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Self-signed certificates, one for {@code localhost} and {@code 127.0.0.1} and one for another name, each made when it is
 * first needed and once per JVM.
 * The JDK has no public interface for making one, so its own keytool does it.
 */
public final class TestCertificate {

    private static final String ALIAS = "localhost";

    private TestCertificate() {}

    /** A server that may be asked by its right name. */
    private static final class Holder {
        static final Made MADE = make("localhost", "SAN=dns:localhost,ip:127.0.0.1");
        static final SSLContext CLIENT = client(MADE.certificate());
    }

    /** One that may not. */
    private static final class AnotherName {
        static final Made MADE = make("mx.other.example", "SAN=dns:mx.other.example");
        static final SSLContext CLIENT = client(Holder.MADE.certificate(), MADE.certificate());
    }

    private record Made(Certificate certificate, SSLContext server) {}

    private static Made make(String name, String alternatives) {
        try {
            char[] password = UUID.randomUUID().toString().toCharArray();
            KeyStore keys = generate(password, name, alternatives);
            return new Made(keys.getCertificate(ALIAS), serverContext(keys, password));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SSLContext client(Certificate... certificates) {
        try {
            return clientContext(certificates);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's side: has the key. */
    public static SSLContext serverContext() {
        return Holder.MADE.server();
    }

    /** Writes the certificate to a PKCS #12 file that another JVM can trust. */
    public static void writeTrusted(Path file, char[] password) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            trusting(Holder.MADE.certificate()).store(out, password);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** The side of a server whose certificate is for {@code mx.other.example} only: somebody else's. */
    static SSLContext contextOfAnotherName() {
        return AnotherName.MADE.server();
    }

    /** Trusts the issuer of both certificates, so that only the name tells them apart. */
    public static SSLSocketFactory factoryTrustingBoth() {
        return AnotherName.CLIENT.getSocketFactory();
    }

    /** The client's side: trusts this certificate and no other. */
    public static SSLContext clientContext() {
        return Holder.CLIENT;
    }

    /** What {@code mail.smtp.ssl.socketFactory} wants. */
    public static SSLSocketFactory clientSocketFactory() {
        return Holder.CLIENT.getSocketFactory();
    }

    private static KeyStore generate(char[] password, String name, String alternatives)
            throws IOException, GeneralSecurityException {
        Path directory = Files.createTempDirectory("testkit-certificate");
        Path file = directory.resolve("keys.p12");
        try {
            runKeytool(file, new String(password), name, alternatives);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                keys.load(in, password);
            }
            return keys;
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    private static void runKeytool(Path file, String password, String name, String alternatives) throws IOException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                alternatives,
                "-validity",
                "365",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass:env",
                "STORE_PASSWORD");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STORE_PASSWORD", password);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + output);
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool was at work", e);
        }
    }

    private static SSLContext serverContext(KeyStore keys, char[] password) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore trusting(Certificate... certificates) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (int i = 0; i < certificates.length; i++) {
            trusted.setCertificateEntry(ALIAS + i, certificates[i]);
        }
        return trusted;
    }

    private static SSLContext clientContext(Certificate... certificates) throws GeneralSecurityException, IOException {
        KeyStore trusted = trusting(certificates);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
