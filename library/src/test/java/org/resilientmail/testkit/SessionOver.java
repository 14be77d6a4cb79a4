package org.resilientmail.testkit;

import java.io.IOException;

/** Leaves a conversation from wherever it is: the session is at its end, in good order or by a fault that was asked for. */
final class SessionOver extends IOException {

    private static final long serialVersionUID = 1;

    SessionOver(String why) {
        super(why);
    }
}
