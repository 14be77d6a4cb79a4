package org.resilientmail;

import java.time.Duration;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.config.TransferSettings;
import org.resilientmail.reply.ReplyClassifier;

/**
 * Whose account a send goes over, and by which configuration and rules. Immutable; the account is shared.
 *
 * @param engine what all transports share
 * @param account the account
 * @param config the configuration that holds for it
 * @param classifier the rules replies are read by
 */
record Route(Engine engine, Account account, ResilientConfig config, ReplyClassifier classifier) {

    /** {@return the most recipients an envelope may have: configured, announced or learned} */
    int maxRecipients() {
        return account.learned().maxRecipients(config);
    }

    /** {@return how messages are handed over: as configured, or plainly where that went wrong not long ago} */
    TransferSettings howToTransfer() {
        return account.isSpokenToPlainly() ? TransferSettings.PLAIN : config.transfer();
    }

    /** {@return when a call that begins now has to end, by the engine's clock} */
    long deadline() {
        return engine.now() + config.retry().deadline().toNanos();
    }

    /** {@return how much time is left until a deadline; never negative} */
    Duration leftUntil(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - engine.now()));
    }

    void tell(DeliveryEvent event) {
        engine.tell(event);
    }

    /** {@return the account's name for events} */
    String name() {
        return account.id().toString();
    }
}
