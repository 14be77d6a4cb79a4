package org.resilientmail.pool;

/**
 * The numbers of a pool at one moment. They go into time-out messages.
 *
 * @param leased sessions in use
 * @param idle sessions waiting to be used
 * @param changing sessions being opened or closed; they count against the cap, because the relay counts them
 * @param waiting callers waiting for a session
 */
public record PoolStatus(int leased, int idle, int changing, int waiting) {

    /** {@return sessions the relay may count as open} */
    public int open() {
        return leased + idle + changing;
    }

    @Override
    public String toString() {
        return open() + " open (" + leased + " in use, " + idle + " idle, " + changing + " opening or closing), "
                + waiting + " waiting";
    }
}
