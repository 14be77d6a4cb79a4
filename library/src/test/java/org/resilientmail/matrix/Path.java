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
    /** The application asks for Angus' BDAT chunks, which would change the message, so that it goes after DATA. */
    CHUNKSIZE {
        @Override
        void configure(TestSessions sessions, Variant variant) {
            sessions.smtp("chunksize", Integer.toString(variant.chunkSize()));
        }
    },
    /** The application asks for Angus' BDAT chunks, and no line begins with a dot, so that there are such. */
    BDAT {
        @Override
        void configure(TestSessions sessions, Variant variant) {
            CHUNKSIZE.configure(sessions, variant);
        }
    };

    /** Sets what an application would set to have it so. */
    abstract void configure(TestSessions sessions, Variant variant);
}
