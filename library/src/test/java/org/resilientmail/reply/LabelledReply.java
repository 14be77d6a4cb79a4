package org.resilientmail.reply;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A reply with what is expected of the classifier: one of {@code kinds}, one of {@code advice}. */
record LabelledReply(SmtpPhase phase, String raw, Set<FailureKind> kinds, Set<RetryAdvice> advice, String why) {

    /** The kinds whose confusion costs most: an alarm instead of a pause, or the other way round. */
    private static final Set<FailureKind> LOOK_ALIKES = EnumSet.of(
            FailureKind.AUTHENTICATION_FAILED,
            FailureKind.QUOTA_EXCEEDED,
            FailureKind.SESSION_LIMIT,
            FailureKind.RECIPIENT_REJECTED);

    /** Reads {@code phase, reply, kinds, advice, ...} lines; alternatives are separated by a bar. */
    static List<LabelledReply> read(String resource) {
        return TestFiles.lines(resource).stream().map(LabelledReply::parse).toList();
    }

    private static LabelledReply parse(String line) {
        String[] columns = line.split("\t");
        return new LabelledReply(
                columns[0].equals("-") ? SmtpPhase.UNKNOWN : SmtpPhase.valueOf(columns[0]),
                columns[1].replace("\\n", "\n"),
                Arrays.stream(columns[2].split("\\|")).map(FailureKind::valueOf).collect(Collectors.toSet()),
                Arrays.stream(columns[3].toUpperCase(Locale.ROOT).split("\\|"))
                        .map(RetryAdvice::valueOf)
                        .collect(Collectors.toSet()),
                columns[columns.length - 1]);
    }

    Classification classified() {
        return ReplyClassifier.shipped().classify(phase, SmtpReply.parse(raw));
    }

    boolean isKindRight() {
        return kinds.contains(classified().kind());
    }

    boolean isAdviceRight() {
        return advice.contains(classified().retry());
    }

    boolean isLookAlikeConfused() {
        FailureKind kind = classified().kind();
        return !isKindRight() && LOOK_ALIKES.contains(kind) && kinds.stream().anyMatch(LOOK_ALIKES::contains);
    }

    @Override
    public String toString() {
        return phase + " " + raw.replace("\n", "\\n");
    }
}
