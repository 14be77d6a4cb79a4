package org.resilientmail.example.relay;

import java.util.Objects;

/**
 * A user and the password. {@code toString} does not show the password.
 *
 * @param user the user, an address such as {@code news@example.org}
 * @param password the password
 */
public record Login(String user, String password) {

    /** Checks that nothing is {@code null}. */
    public Login {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /** {@return the part of the user after the last {@code @}, or the whole user where there is none} */
    String domain() {
        return user.substring(user.lastIndexOf('@') + 1);
    }

    @Override
    public String toString() {
        return "Login[user=" + user + "]";
    }
}
