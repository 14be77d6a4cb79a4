package legacyapp;

/** Threads of the newest kind there is. */
final class Threads {

    interface Work {
        void run() throws Exception;
    }

    private Threads() {}

    /** A virtual thread where the JVM has them. */
    static Thread started(Work work) throws ReflectiveOperationException {
        Runnable task = () -> {
            try {
                work.run();
            } catch (Exception e) {
                e.printStackTrace();
            }
        };
        if (Runtime.version().feature() >= 21) {
            return (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        }
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }
}
