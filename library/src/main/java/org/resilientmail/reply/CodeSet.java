package org.resilientmail.reply;

import java.util.ArrayList;
import java.util.List;

/** The reply codes a rule is for: single codes, ranges and whole classes. Immutable. */
final class CodeSet {

    static final String ALLOWED = "* or a list of 0, 4yz, 5yz, 55z, codes and ranges such as 450-452";

    /** Pairs of first and last code, both included. */
    private final int[] bounds;

    /** Classes named as a whole: they also take a reply without a code whose enhanced code is of that class. */
    private final int wholeClasses;

    private CodeSet(int[] bounds, int wholeClasses) {
        this.bounds = bounds;
        this.wholeClasses = wholeClasses;
    }

    static CodeSet parse(String column) throws BadColumn {
        if (column.equals("*")) {
            return new CodeSet(new int[] {0, 599}, 0);
        }
        List<Integer> bounds = new ArrayList<>();
        int wholeClasses = 0;
        for (String item : column.split(",", -1)) {
            String code = item.strip();
            int range = code.indexOf('-');
            String first = range < 0 ? code : code.substring(0, range);
            String last = range < 0 ? code : code.substring(range + 1);
            int low = number(first, '0', column);
            int high = number(last, '9', column);
            if (high < low) {
                throw new BadColumn("codes", column, ALLOWED);
            }
            bounds.add(low);
            bounds.add(high);
            if (code.endsWith("yz")) {
                wholeClasses |= 1 << (low / 100);
            }
        }
        return new CodeSet(bounds.stream().mapToInt(Integer::intValue).toArray(), wholeClasses);
    }

    /** Reads 450, 45z or 4yz; the letters stand for {@code digit}. */
    private static int number(String code, char digit, String column) throws BadColumn {
        if (code.equals("0")) {
            return 0;
        }
        String digits = code;
        if (code.length() == 3 && code.charAt(2) == 'z') {
            digits = (code.charAt(1) == 'y' ? code.charAt(0) + "" + digit : code.substring(0, 2)) + digit;
        }
        boolean wellFormed = digits.length() == 3
                && digits.charAt(0) >= '1'
                && digits.charAt(0) <= '5'
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!wellFormed) {
            throw new BadColumn("codes", column, ALLOWED);
        }
        return Integer.parseInt(digits);
    }

    boolean includes(SmtpReply reply) {
        return reply.code() == 0 && (wholeClasses & (1 << reply.effectiveClass())) != 0 || includes(reply.code());
    }

    boolean includes(int code) {
        for (int i = 0; i < bounds.length; i += 2) {
            if (code >= bounds[i] && code <= bounds[i + 1]) {
                return true;
            }
        }
        return code == 0 && wholeClasses != 0;
    }
}
