package org.resilientmail;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.resilientmail.config.OperationSettings;
import org.resilientmail.ops.AccountStatus;
import org.resilientmail.ops.Operated;
import org.resilientmail.ops.Operation;
import org.resilientmail.policy.Sleeper;
import org.resilientmail.pool.Background;
import org.resilientmail.pool.Housekeeper;
import org.resilientmail.reply.PlainText;

/**
 * What all transports of a class loader share: the accounts with their pools and limits, the listeners, the clock.
 * Thread-safe. Tests make their own, with a clock and a sleeper that do not wait.
 */
final class Engine implements Operated {

    static final Engine SHARED = new Engine(System::nanoTime, wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos()));

    private final ConcurrentHashMap<AccountId, Account> accounts = new ConcurrentHashMap<>();
    private final AtomicReference<Watch> watch = new AtomicReference<>();
    private final List<DeliveryListener> listeners = new CopyOnWriteArrayList<>();
    private final ExitHook exitHook = new ExitHook(this::closeSessions);
    private final Housekeeper housekeeper =
            new Housekeeper("resilient-mail-housekeeper", exitHook::install, exitHook::remove);
    private final Background background = new Background("resilient-mail-rotation");
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;

    Engine(LongSupplier nanoTime, Sleeper sleeper) {
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    LongSupplier clock() {
        return nanoTime;
    }

    Sleeper sleeper() {
        return sleeper;
    }

    Housekeeper housekeeper() {
        return housekeeper;
    }

    Background background() {
        return background;
    }

    /** The account's shared state; made with the first use and kept, because what was learned is kept. */
    Account account(AccountId id) {
        Account known = accounts.get(id);
        if (known != null) {
            return known;
        }
        Account made = new Account(id, this);
        Account faster = accounts.putIfAbsent(id, made);
        return faster == null ? made : faster;
    }

    void addListener(DeliveryListener listener) {
        if (!listeners.contains(listener)) {
            listeners.add(listener);
        }
    }

    void removeListener(DeliveryListener listener) {
        listeners.remove(listener);
    }

    /** Tells the listeners. Called without a lock held. */
    void tell(DeliveryEvent event) {
        for (DeliveryListener listener : listeners) {
            try {
                listener.on(event);
            } catch (Throwable e) { // whatever it is: a session just opened, or a message just accepted, hangs on us
                warn("a DeliveryListener failed: " + e.getClass().getName());
            }
        }
    }

    /** Begins to show what happens, if that is configured. The first configuration that wants it decides. */
    void operate(OperationSettings settings) {
        if (!settings.isAny()) {
            return;
        }
        Watch current = watch.get();
        if (current == null) {
            Watch made = new Watch(new Operation(settings, nameOfApplication()), this);
            if (watch.compareAndSet(null, made)) {
                addListener(made);
            }
        } else if (!current.operation().settings().equals(settings)) {
            current.operation().refuse(settings);
        }
    }

    /** With the agent, our own loader is a child of the application's. */
    private static String nameOfApplication() {
        ClassLoader loader = Engine.class.getClassLoader();
        boolean agents = loader != null && loader.getClass().getName().startsWith("org.resilientmail.");
        ClassLoader applications = agents ? loader.getParent() : loader;
        try {
            return PlainText.of(String.valueOf(applications));
        } catch (RuntimeException unwilling) { // a container's own code
            return applications.getClass().getName();
        }
    }

    @Override
    public List<AccountStatus> accounts() {
        return accounts.values().stream().map(Account::status).toList();
    }

    @Override
    public void closeSessions() {
        accounts.values().forEach(account -> account.pool().closeAll());
    }

    @Override
    public void forgetRefusedLogins() {
        accounts.values().forEach(account -> account.logins().forgetRefusals());
    }

    /** Logs a warning; a handler of the application's that throws changes nothing about what it was to be told of. */
    static void warn(String what) {
        try {
            System.getLogger("org.resilientmail") // not before: logging is the application's to begin
                    .log(System.Logger.Level.WARNING, what);
        } catch (RuntimeException | Error unloggable) {
            // There is nobody left to tell.
        }
    }

    /** For the end of all, as far as it can be known: nothing of ours is to stay where it is seen. */
    void closeAll() {
        closeSessions();
        Watch current = watch.get();
        if (current != null) {
            current.operation().end();
        }
    }
}
