package org.resilientmail.matrix;

import org.resilientmail.testkit.TestSessions;

/** How the envelope and the message go over the wire. A pipelined flight would be one more of these. */
enum Path {
    /** One command at a time, the message after DATA. */
    DATA {
        @Override
        void configure(TestSessions sessions, Variant variant) {
            // what one gets without asking
        }
    },
    /** The application asks for Angus' BDAT chunks. */
    CHUNKSIZE {
        @Override
        void configure(TestSessions sessions, Variant variant) {
            sessions.smtp("chunksize", Integer.toString(variant.chunkSize()));
        }
    };

    /** Sets what an application would set to have it so. */
    abstract void configure(TestSessions sessions, Variant variant);
}
