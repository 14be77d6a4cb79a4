package org.resilientmail.dropin.clients;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.resilientmail.DeliveryEvent;
import org.resilientmail.DeliveryListener;
import org.resilientmail.ResilientMail;

/** Hears what our transport does for one account: the proof that a client's message went through it. */
final class Overheard implements DeliveryListener, BeforeEachCallback, AfterEachCallback {

    private final List<DeliveryEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void on(DeliveryEvent event) {
        events.add(event);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        ResilientMail.addListener(this);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ResilientMail.removeListener(this);
        ResilientMail.closeAll();
    }

    /** How many events of the kind there were for the relay at this port. */
    long count(Class<? extends DeliveryEvent> kind, int port) {
        return events.stream()
                .filter(kind::isInstance)
                .filter(event -> event.account().endsWith(":" + port))
                .count();
    }
}
