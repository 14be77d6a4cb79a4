package org.resilientmail.reply;

/**
 * An enhanced status code (RFC 3463): class, subject and detail, compared as three integers so that {@code 5.7.60} is
 * not a prefix of {@code 5.7.606}.
 *
 * @param statusClass 2, 4 or 5
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedStatus(int statusClass, int subject, int detail) {

    @Override
    public String toString() {
        return statusClass + "." + subject + "." + detail;
    }
}
