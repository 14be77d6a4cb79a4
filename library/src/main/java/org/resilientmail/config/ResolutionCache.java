package org.resilientmail.config;

import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The last resolutions, by all that went into them. Thread-safe. Holds copies of our few properties only: no Properties
 * object and no class loader is kept alive.
 */
final class ResolutionCache {

    /** Far more than an application has different mail configurations. */
    static final int CAPACITY = 64;

    private final Map<Key, AccountConfigs> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, AccountConfigs> eldest) {
            return size() > CAPACITY;
        }
    };

    /** The resolution for the key, or null. */
    synchronized AccountConfigs get(Key key) {
        return recent.get(key);
    }

    /** Keeps a resolution; if another thread was faster, its equal one is the answer, so that there is one instance. */
    synchronized AccountConfigs keep(Key key, AccountConfigs resolved) {
        AccountConfigs earlier = recent.putIfAbsent(key, resolved);
        return earlier != null ? earlier : resolved;
    }

    synchronized int size() {
        return recent.size();
    }

    /**
     * All that a resolution depends on.
     *
     * @param session our Session properties
     * @param system our system properties
     * @param file the named file's state, or null when none is named
     * @param loader where the unnamed file is looked for
     */
    record Key(Map<String, Object> session, Map<String, Object> system, FileStamp file, LoaderRef loader) {

        /** By hand, as in Setting. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && session.equals(that.session)
                    && system.equals(that.system)
                    && Objects.equals(file, that.file)
                    && loader.equals(that.loader);
        }

        @Override
        public int hashCode() {
            return Objects.hash(session, system, file, loader);
        }
    }

    /** A class loader's identity, without keeping it. */
    static final class LoaderRef {
        private final WeakReference<ClassLoader> loader;
        private final int hash;
        private final boolean none;

        LoaderRef(ClassLoader loader) {
            this.loader = new WeakReference<>(loader);
            this.hash = System.identityHashCode(loader);
            this.none = loader == null;
        }

        @Override
        public boolean equals(Object other) {
            if (!(other instanceof LoaderRef that) || none != that.none) {
                return false;
            }
            ClassLoader mine = loader.get();
            // two that were collected are not the same one
            return none || mine != null && mine == that.loader.get();
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
