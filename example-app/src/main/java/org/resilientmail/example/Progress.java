package org.resilientmail.example;

/** Shows how far the batch is. Called from several threads. */
interface Progress extends AutoCloseable {

    /** One more message is done. */
    void step();

    @Override
    void close();

    /** {@return a display that shows nothing} */
    static Progress none() {
        return new Progress() {
            @Override
            public void step() {
                // Nothing to show.
            }

            @Override
            public void close() {
                // Nothing to end.
            }
        };
    }
}
