package org.resilientmail;

import java.time.Duration;
import java.util.Optional;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.LimitKind;

/**
 * Something the transport did, told to every {@link DeliveryListener} as it happens. {@code account} is
 * {@code protocol://user@host:port}, without a password. Events hold no credentials and no message content.
 */
public sealed interface DeliveryEvent {

    /** {@return the account it happened for, as {@code protocol://user@host:port}} */
    String account();

    /**
     * A session was opened and, where credentials were given, authenticated. Told when its first use is over, on the
     * thread that had it; or, where it was opened in time to replace another one, as soon as it is ready for use, on a
     * thread of the library's.
     *
     * @param account the account
     * @param openNow sessions of this account open now, this one included
     */
    record SessionOpened(String account, int openNow) implements DeliveryEvent {}

    /**
     * A session was closed.
     *
     * @param account the account
     * @param messages transactions begun in it
     * @param reason why, such as {@code max-messages}, {@code max-lifetime}, {@code max-idle}, {@code failure},
     *     {@code stale}, {@code shutdown}
     */
    record SessionClosed(String account, int messages, String reason) implements DeliveryEvent {}

    /**
     * A message went into several envelopes because of the recipient cap.
     *
     * @param account the account
     * @param messageId the message's id, if known
     * @param recipients recipients to split
     * @param envelopes envelopes made of them
     */
    record Split(String account, Optional<String> messageId, int recipients, int envelopes) implements DeliveryEvent {}

    /**
     * A wait begins.
     *
     * @param account the account
     * @param reason {@code rate}, {@code retry} or {@code session}
     * @param duration how long, as far as it is known; else the longest it can be, which for a session is usual
     */
    record Waiting(String account, String reason, Duration duration) implements DeliveryEvent {}

    /**
     * An attempt failed and another one will be made.
     *
     * @param account the account
     * @param attempt the attempt that failed, counted from 1
     * @param spendsAttempt whether it counts against {@code retry.max-attempts}; session limits and stale sessions do
     *     not
     * @param classification what it failed with
     */
    record Retrying(String account, int attempt, boolean spendsAttempt, Classification classification)
            implements DeliveryEvent {}

    /**
     * A relay named a limit that was not configured, or a lower one; it is kept from now on.
     *
     * @param account the account
     * @param limit which limit
     * @param value its value, in the limit's own unit
     */
    record LimitLearned(String account, LimitKind limit, long value) implements DeliveryEvent {}

    /**
     * An envelope was accepted by the relay.
     *
     * @param account the account
     * @param messageId the message's id, if known
     * @param recipients recipients it was accepted for
     */
    record Accepted(String account, Optional<String> messageId, int recipients) implements DeliveryEvent {}

    /**
     * A call ended with a failure; some recipients may have been sent to all the same.
     *
     * @param account the account
     * @param failure the failure the caller gets
     */
    record Failed(String account, MailFailure failure) implements DeliveryEvent {

        /** {@return the event on one line, with the failure's own message and not what it was made of} */
        @Override
        public String toString() {
            return "Failed[account=" + account + ", failure="
                    + failure.getClass().getSimpleName() + ": " + ((Exception) failure).getMessage() + "]";
        }
    }
}
