package org.resilientmail.ops;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;

/** Shows the counters and asks for the rest, without keeping whom it asks. Thread-safe. */
final class OperationBean implements ResilientMailMXBean {

    private final String application;
    private final Counters counters;
    private final WeakReference<Operated> operated;

    OperationBean(String application, Counters counters, Operated operated) {
        this.application = application;
        this.counters = counters;
        this.operated = new WeakReference<>(operated);
    }

    @Override
    public String getApplication() {
        return application;
    }

    @Override
    public long getAcceptedEnvelopes() {
        return counters.envelopes();
    }

    @Override
    public long getAcceptedRecipients() {
        return counters.recipients();
    }

    @Override
    public long getFailedCalls() {
        return counters.failed();
    }

    @Override
    public long getUncertainCalls() {
        return counters.uncertain();
    }

    @Override
    public Map<String, Long> getFailuresByKind() {
        return counters.failures();
    }

    @Override
    public Map<String, Long> getRetriesByKind() {
        return counters.retries();
    }

    @Override
    public long getSessionsOpened() {
        return counters.sessions();
    }

    @Override
    public Map<String, Long> getSessionsClosedByReason() {
        return counters.closings();
    }

    @Override
    public List<AccountStatus> getAccounts() {
        Operated there = operated.get();
        return there == null ? List.of() : there.accounts();
    }

    @Override
    public List<FailureStatus> getLastFailures() {
        return counters.lastFailures();
    }

    @Override
    public void forgetRefusedLogins() {
        Operated there = operated.get();
        if (there != null) {
            there.forgetRefusedLogins();
        }
    }

    @Override
    public void closeSessions() {
        Operated there = operated.get();
        if (there != null) {
            there.closeSessions();
        }
    }
}
