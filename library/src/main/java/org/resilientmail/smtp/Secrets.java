package org.resilientmail.smtp;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Digests of secrets, keyed with a random number of this JVM: good for telling whether two secrets are the same, and
 * for nothing else. Pool keys hold these, never the secret. A plain digest with the key in front, because a MAC would
 * wake the whole of the Java Cryptography Extension: a fifth of a second in a young JVM. What a MAC would add, that
 * nobody can lengthen a secret whose digest is known, is nothing to a map's key.
 */
final class Secrets {

    private static final String ALGORITHM = "SHA-256";
    private static final byte[] KEY = newKey();

    private Secrets() {}

    private static byte[] newKey() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return random;
    }

    /** The digest of a secret; {@code null} has one of its own. */
    static String digest(String secret) {
        if (secret == null) {
            return "";
        }
        try {
            MessageDigest digest = MessageDigest.getInstance(ALGORITHM);
            digest.update(KEY);
            // Char by char: an encoder makes the same question mark of every lone surrogate.
            ByteBuffer chars = ByteBuffer.allocate(secret.length() * Character.BYTES);
            chars.asCharBuffer().put(secret);
            return Base64.getEncoder().encodeToString(digest.digest(chars.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
