package org.resilientmail.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.soak.SoakFaults.Copy;
import org.resilientmail.testkit.AcceptedMessage;

/**
 * Holds what the callers were told against what the server accepted: for every recipient of every call, and for every
 * copy that no call accounts for. Not thread-safe.
 */
final class Verdict {

    private final Map<Copy, Integer> accepted = new HashMap<>();
    private final Map<String, byte[]> contents = new HashMap<>();
    private final ToIntFunction<Copy> doubts;
    private final List<String> broken = new ArrayList<>();
    private int repeated;

    private Verdict(ToIntFunction<Copy> doubts) {
        this.doubts = doubts;
    }

    /**
     * Judges a run.
     *
     * @param calls every call, once
     * @param accepted everything the server took responsibility for
     * @param doubts how often the server withheld the verdict on a copy
     */
    static Verdict on(Collection<Call> calls, Collection<AcceptedMessage> accepted, ToIntFunction<Copy> doubts) {
        Verdict verdict = new Verdict(doubts);
        accepted.forEach(verdict::count);
        calls.forEach(verdict::judge);
        verdict.findStrangers(calls);
        return verdict;
    }

    /** What must not be, one line each; empty when both sides agree. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /** Copies beyond the first, all of them asked for by {@code retry.uncertain=resend} when nothing is broken. */
    int repeated() {
        return repeated;
    }

    private void count(AcceptedMessage message) {
        for (String recipient : message.recipients()) {
            if (accepted.merge(new Copy(message.sender(), recipient), 1, Integer::sum) > 1) {
                repeated++;
            }
        }
        byte[] content = message.content();
        byte[] before = contents.putIfAbsent(message.sender(), content);
        if (before != null && !Arrays.equals(before, content)) {
            broken.add("changed: " + message.sender() + " did not send the same octets every time");
        }
    }

    private void judge(Call call) {
        for (String to : call.order().recipients()) {
            Copy copy = new Copy(call.order().sender(), to);
            int copies = accepted.getOrDefault(copy, 0);
            RecipientState told = call.told().get(to);
            String problem = told == null ? "lost: nothing was told" : problem(call, copy, copies, told);
            boolean perhapsSent = told == RecipientState.SENT || told == RecipientState.UNCERTAIN;
            if (problem == null && perhapsSent && call.toSendAgain().contains(to)) {
                problem = "misled: listed as valid and unsent";
            }
            if (problem != null) {
                broken.add(problem + ": " + copies + " copies for " + to + ", " + doubts.applyAsInt(copy)
                        + " doubts, told " + told + " by " + call);
            }
        }
        if (!Set.copyOf(call.order().recipients()).containsAll(call.told().keySet())) {
            broken.add("invented: recipients nobody named, by " + call);
        }
    }

    private String problem(Call call, Copy copy, int copies, RecipientState told) {
        int inDoubt = doubts.applyAsInt(copy);
        int allowed = call.order().account().resends() ? 1 + inDoubt : 1;
        if (copies > allowed) {
            return "duplicate";
        }
        if (copies > 0 && !call.order().knowsPassword()) {
            return "trespass: sent without the password";
        }
        return switch (told) {
            case SENT -> copies == 0 ? "lost: told as sent" : null;
            case UNSENT, REJECTED -> copies > 0 ? "denied: told as not sent" : null;
            case UNCERTAIN -> inDoubt == 0 ? "doubt without a reason" : null;
        };
    }

    private void findStrangers(Collection<Call> calls) {
        Set<Copy> asked = new HashSet<>();
        for (Call call : calls) {
            call.order()
                    .recipients()
                    .forEach(to -> asked.add(new Copy(call.order().sender(), to)));
        }
        accepted.keySet().stream()
                .filter(copy -> !asked.contains(copy))
                .forEach(copy -> broken.add("invented: a copy that no call asked for: " + copy));
    }
}
