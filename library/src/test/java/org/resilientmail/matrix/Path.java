package org.resilientmail.matrix;

import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.TestSessions;

/** How the envelope and the message go over the wire. */
enum Path {
    /** One command at a time, the message after DATA. */
    DATA("off"),
    /** Sender, recipients and DATA together where that is allowed, then the message. */
    PIPELINED("off", "PIPELINING"),
    /** Sender and recipients together, then the message by BDAT. */
    CHUNKED("strict", "PIPELINING", "CHUNKING"),
    /** Sender, recipients and message together where that is allowed. */
    ONE_FLIGHT("one-flight", "PIPELINING", "CHUNKING"),
    /** One command at a time, the message by BDAT in chunks of the size that the application asks Angus for. */
    CHUNKSIZE("strict", "CHUNKING");

    private final String chunking;
    private final String[] extensions;

    Path(String chunking, String... extensions) {
        this.chunking = chunking;
        this.extensions = extensions;
    }

    boolean hasData() {
        return chunking.equals("off");
    }

    /** Announces what the path needs. */
    void configure(ServerBuilder server) {
        server.extensions("8BITMIME", "SMTPUTF8", "DSN", "ENHANCEDSTATUSCODES");
        for (String extension : extensions) {
            server.extension(extension);
        }
    }

    /** Sets what an application would set to have it so. */
    void configure(TestSessions sessions, Variant variant) {
        sessions.set("mail.resilient.chunking", chunking);
        if (this == CHUNKSIZE) {
            sessions.smtp("chunksize", Integer.toString(variant.chunkSize()));
        }
    }
}
