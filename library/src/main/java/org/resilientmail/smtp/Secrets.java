package org.resilientmail.smtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Digests of secrets, keyed with a random number of this JVM: good for telling whether two secrets are the same, and
 * for nothing else. Pool keys hold these, never the secret.
 */
final class Secrets {

    private static final String ALGORITHM = "HmacSHA256";
    private static final SecretKeySpec KEY = newKey();

    private Secrets() {}

    private static SecretKeySpec newKey() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return new SecretKeySpec(random, ALGORITHM);
    }

    /** The digest of a secret; {@code null} has one of its own. */
    static String digest(String secret) {
        if (secret == null) {
            return "";
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(KEY);
            // Char by char: an encoder makes the same question mark of every lone surrogate.
            ByteBuffer chars = ByteBuffer.allocate(secret.length() * Character.BYTES);
            chars.asCharBuffer().put(secret);
            return Base64.getEncoder().encodeToString(mac.doFinal(chars.array()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
