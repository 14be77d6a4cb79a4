package org.resilientmail.example;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many copies everybody has who should have one.
 *
 * @param readers readers who can be reached
 * @param once of them, those with one copy
 * @param never those with none
 * @param twice those with more than one
 * @param strangers copies that lie where none should
 */
record CopyCount(int readers, int once, int never, int twice, int strangers) {

    /**
     * Looks into the mailboxes.
     *
     * @param readers everybody who was written to
     * @param missing of them, those without a mailbox
     * @param mailboxes the messages in each mailbox
     */
    static CopyCount of(Collection<String> readers, Set<String> missing, Map<String, List<String>> mailboxes) {
        List<Integer> copies = readers.stream()
                .filter(reader -> !missing.contains(reader))
                .map(reader -> mailboxes.getOrDefault(reader, List.of()).size())
                .toList();
        int known = copies.stream().mapToInt(Integer::intValue).sum();
        int all = mailboxes.values().stream().mapToInt(List::size).sum();
        return new CopyCount(
                copies.size(),
                count(copies, 1, 1),
                count(copies, 0, 0),
                count(copies, 2, Integer.MAX_VALUE),
                all - known);
    }

    private static int count(List<Integer> copies, int least, int most) {
        return (int) copies.stream().filter(n -> n >= least && n <= most).count();
    }

    boolean isOneEach() {
        return once == readers && strangers == 0;
    }

    @Override
    public String toString() {
        return "Of %d readers, %d have the message once, %d never, %d more than once; %d copies are astray."
                .formatted(readers, once, never, twice, strangers);
    }
}
