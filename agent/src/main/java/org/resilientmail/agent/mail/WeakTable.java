package org.resilientmail.agent.mail;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Values by transport object, by the object's identity and without keeping it. Thread-safe. */
final class WeakTable<V> {

    private final ConcurrentMap<Key, V> values = new ConcurrentHashMap<>();
    private final ReferenceQueue<SMTPTransport> collected = new ReferenceQueue<>();

    V get(SMTPTransport object) {
        return values.get(new Key(object, null));
    }

    V computeIfAbsent(SMTPTransport object, Function<SMTPTransport, V> made) {
        for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
            values.remove(gone);
        }
        return values.computeIfAbsent(new Key(object, collected), key -> made.apply(object));
    }

    private static final class Key extends WeakReference<SMTPTransport> {

        private final int hash;

        Key(SMTPTransport object, ReferenceQueue<SMTPTransport> queue) {
            super(object, queue);
            this.hash = System.identityHashCode(object);
        }

        @Override
        public boolean equals(Object other) {
            if (this == other) {
                return true; // also once its object is gone
            }
            SMTPTransport mine = get();
            return mine != null && other instanceof Key that && mine == that.get();
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
