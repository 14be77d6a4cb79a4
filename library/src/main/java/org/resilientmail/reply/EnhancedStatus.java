package org.resilientmail.reply;

/**
 * An enhanced status code (RFC 3463): class, subject and detail, compared as three integers so that {@code 5.7.60} is
 * not a prefix of {@code 5.7.606}. Immutable.
 *
 * @param statusClass 2, 4 or 5
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedStatus(int statusClass, int subject, int detail) {

    /**
     * Checks the ranges.
     *
     * @param statusClass 2, 4 or 5
     * @param subject 0 to 999
     * @param detail 0 to 999
     * @throws IllegalArgumentException if a number is outside its range
     */
    public EnhancedStatus {
        if (!isClass(statusClass) || subject < 0 || subject > 999 || detail < 0 || detail > 999) {
            throw new IllegalArgumentException(
                    "not an enhanced status code (RFC 3463): " + statusClass + "." + subject + "." + detail);
        }
    }

    /** RFC 3463 section 3.1 knows three classes; real servers print others, which mean nothing. */
    static boolean isClass(int number) {
        return number == 2 || number == 4 || number == 5;
    }

    @Override
    public String toString() {
        return statusClass + "." + subject + "." + detail;
    }
}
