package org.resilientmail;

import jakarta.mail.MessagingException;
import java.time.Instant;
import java.util.Optional;
import org.resilientmail.config.LogLevel;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.ops.Counters;
import org.resilientmail.ops.FailureStatus;
import org.resilientmail.ops.Operated;
import org.resilientmail.ops.Operation;

/** Counts and logs what happens, as far as it is configured. Thread-safe. */
final class Watch implements DeliveryListener {

    private final Operation operation;
    private final Operated operated;

    Watch(Operation operation, Operated operated) {
        this.operation = operation;
        this.operated = operated;
    }

    Operation operation() {
        return operation;
    }

    @Override
    public void on(DeliveryEvent event) {
        Counters counters = operation.counters();
        if (event instanceof DeliveryEvent.Accepted accepted) {
            counters.accepted(accepted.recipients());
            log(LogLevel.INFO, event, "accepted", idOf(accepted.messageId()) + "recipients=" + accepted.recipients());
            operation.sent(operated);
        } else if (event instanceof DeliveryEvent.Failed failed) {
            FailureStatus status = status(failed);
            counters.failed(status);
            log(LogLevel.ERROR, event, "failed", status);
            operation.sent(operated);
        } else if (event instanceof DeliveryEvent.Retrying retrying) {
            var why = retrying.classification();
            counters.retried(why.kind());
            log(
                    LogLevel.WARNING,
                    event,
                    "tries again",
                    "kind=" + why.kind() + " attempt=" + retrying.attempt() + " rule=" + why.ruleId());
        } else if (event instanceof DeliveryEvent.LimitLearned learned) {
            log(LogLevel.WARNING, event, "learned", learned.limit() + "=" + learned.value());
        } else if (event instanceof DeliveryEvent.Split split) {
            log(
                    LogLevel.INFO,
                    event,
                    "split",
                    idOf(split.messageId()) + "recipients=" + split.recipients() + " envelopes=" + split.envelopes());
        } else if (event instanceof DeliveryEvent.SessionOpened opened) {
            counters.opened();
            log(LogLevel.DEBUG, event, "session opened", "open=" + opened.openNow());
        } else if (event instanceof DeliveryEvent.SessionClosed closed) {
            counters.closed(closed.reason());
            log(
                    LogLevel.DEBUG,
                    event,
                    "session closed",
                    "reason=" + closed.reason() + " messages=" + closed.messages());
        } else if (event instanceof DeliveryEvent.Waiting waiting) {
            log(
                    LogLevel.DEBUG,
                    event,
                    "waits",
                    "for=" + waiting.reason() + " millis=" + waiting.duration().toMillis());
        }
    }

    private static String idOf(Optional<String> messageId) {
        return messageId.map(id -> "message-id=" + id + " ").orElse("");
    }

    private static FailureStatus status(DeliveryEvent.Failed event) {
        MailFailure failure = event.failure();
        return new FailureStatus(
                Instant.now().toString(),
                event.account(),
                failure.kind().name(),
                failure.phase().name(),
                failure.reply().map(Object::toString).orElseGet(() -> ((MessagingException) failure).getMessage()),
                failure.attempts(),
                failure.messageId().orElse(""),
                failure.ruleId(),
                failure.advice());
    }

    private void log(LogLevel level, DeliveryEvent event, String what, Object details) {
        if (operation.log().takes(level)) {
            operation.log().write(level, event.account() + " " + what + ": " + details);
        }
    }
}
