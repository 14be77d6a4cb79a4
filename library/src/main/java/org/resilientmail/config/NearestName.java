package org.resilientmail.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Which known name somebody may have meant. For this project's own modules. */
public final class NearestName {

    /** No known name is nearly as long; the comparison is quadratic. */
    private static final int LONGEST = 100;

    private NearestName() {}

    /**
     * The nearest of the names, if they are near enough to be meant.
     *
     * @param written what was written; case and separators count nothing
     * @param names the known names, some of them perhaps with a group before the first dot
     * @return those that are equally near, in alphabetical order; empty if none is
     */
    public static List<String> to(String written, Collection<String> names) {
        if (written.length() > LONGEST) {
            return List.of();
        }
        String wanted = simplified(written);
        // a third of the letters wrong is another word
        int best = Math.max(2, wanted.length() / 3);
        List<String> nearest = new ArrayList<>();
        for (String name : names.stream().sorted().toList()) {
            int distance = Math.min(distance(wanted, simplified(name)), withoutGroup(wanted, name));
            if (distance < best) {
                nearest.clear();
                best = distance;
            }
            if (distance == best) {
                nearest.add(name);
            }
        }
        return nearest;
    }

    /** Leaving out the group, {@code max-idle} for {@code session.max-idle}, is one mistake however long the group is. */
    private static int withoutGroup(String wanted, String name) {
        return 1 + distance(wanted, simplified(name.substring(name.indexOf('.') + 1)));
    }

    /** Case and separators are what people get wrong most, so they count nothing: {@code maxOpen} is {@code max-open}. */
    private static String simplified(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }

    /** Edits (insert, delete, replace, swap of neighbours) from one text to the other: optimal string alignment. */
    private static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 ? j : j == 0 ? i : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int edited = Math.min(replaced, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(edited, edits[i - 2][j - 2] + 1) : edited;
    }
}
