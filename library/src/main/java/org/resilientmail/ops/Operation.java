package org.resilientmail.ops;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.resilientmail.config.LogLevel;
import org.resilientmail.config.OperationSettings;

/**
 * Shows to those who operate an application what it sends: counters as an MXBean, a log, a summary at the end, as far as
 * each is configured. Thread-safe.
 */
public final class Operation {

    private final OperationSettings settings;
    private final Counters counters = new Counters();
    private final EventLog log;
    private final Summary summary;
    private final String application;
    private final AtomicBoolean refused = new AtomicBoolean();
    private final ReentrantLock registering = new ReentrantLock();
    /** Guarded by the lock. */
    private Registration registration;
    /** Guarded by the lock: it is tried until it fails. */
    private boolean hopeless;

    /**
     * Begins to count; registers and opens nothing yet.
     *
     * @param settings what is wanted
     * @param application what tells it from others in this JVM
     */
    public Operation(OperationSettings settings, String application) {
        this.settings = settings;
        this.application = application;
        this.log = new EventLog(settings.log(), settings.level());
        this.summary = new Summary(counters, log);
    }

    /** {@return the settings it was made for} */
    public OperationSettings settings() {
        return settings;
    }

    /** {@return the counters} */
    public Counters counters() {
        return counters;
    }

    /** {@return the log} */
    public EventLog log() {
        return log;
    }

    /**
     * A send has ended: from now on there is something to show.
     *
     * @param operated what is shown and operated; not kept
     */
    public void sent(Operated operated) {
        if (settings.summary()) {
            summary.isDue();
        }
        // Another thread that registers is enough; what it asks of a container may take long.
        if (settings.jmx() && registering.tryLock()) {
            try {
                register(operated);
            } finally {
                registering.unlock();
            }
        }
    }

    private void register(Operated operated) {
        if (registration != null || hopeless) {
            return;
        }
        try {
            Optional<Registration> made = Registration.make(application, counters, operated);
            registration = made.orElse(null);
        } catch (Exception | LinkageError e) { // whatever a container makes of it, mail goes on
            hopeless = true;
            Warnings.say("the MXBean cannot be registered (" + e + "); mail is sent without it");
        }
    }

    /** Unregisters, and tells the summary now. The next send begins anew; the counters go on. */
    public void end() {
        registering.lock();
        try {
            if (registration != null) {
                registration.end();
                registration = null;
            }
        } finally {
            registering.unlock();
        }
        summary.end();
    }

    /**
     * Says, once, that another configuration comes too late.
     *
     * @param other its settings
     */
    public void refuse(OperationSettings other) {
        if (!refused.compareAndSet(false, true)) {
            return;
        }
        log.write(
                LogLevel.WARNING,
                "jmx, log, log.level and summary hold for all of an application: " + settings + " was said first, "
                        + other + " counts nothing");
    }
}
