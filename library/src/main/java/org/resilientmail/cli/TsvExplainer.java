package org.resilientmail.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.ReplyClassifier;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;

/**
 * Turns {@code phase<TAB>reply} lines into {@code phase<TAB>reply<TAB>KIND<TAB>retry<TAB>scope<TAB>wait<TAB>rule}
 * lines, one for each, in order. Works on bytes as they come: a line of any length passes through without being kept,
 * and answers do not wait for the end of the input. Confined to one thread.
 *
 * <p>Control characters in the reply are printed as spaces, so that columns stay columns. A line without a tab counts
 * as a reply of an unknown phase.
 */
final class TsvExplainer {

    private static final int CHUNK = 1 << 16;

    /** Longer than any phase's name: a first column beyond this is a reply. */
    private static final int LONGEST_PHASE = 24;

    /** Holds the characters that count, in UTF-8. */
    private static final int LONGEST_REPLY = 1 << 14;

    private final ReplyClassifier classifier;
    private final ByteBuffer output = new ByteBuffer(CHUNK);
    private final byte[] phase = new byte[LONGEST_PHASE];
    private final byte[] reply = new byte[LONGEST_REPLY];
    private int phaseLength;
    private int replyLength;
    private boolean inReply;
    private boolean pendingReturn;
    private boolean begun;
    private SmtpPhase linePhase = SmtpPhase.UNKNOWN;

    TsvExplainer(ReplyClassifier classifier) {
        this.classifier = classifier;
    }

    void explain(InputStream in, OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            int at = 0;
            while (at < length) {
                at += inReply && !pendingReturn ? acceptPlain(chunk, at, length) : 0;
                if (at < length) {
                    accept(chunk[at++]);
                }
                output.drainIfLarge(out);
            }
            output.drain(out);
            out.flush();
        }
        if (begun) {
            endLine();
        }
        output.drain(out);
        out.flush();
    }

    /** Takes the bytes up to the next control character at once; {@return how many} */
    private int acceptPlain(byte[] chunk, int from, int length) {
        int end = from;
        while (end < length && printable(chunk[end]) == chunk[end]) {
            end++;
        }
        int count = end - from;
        int kept = Math.min(count, LONGEST_REPLY - replyLength);
        System.arraycopy(chunk, from, reply, replyLength, kept);
        replyLength += kept;
        output.add(chunk, from, count);
        return count;
    }

    private void accept(byte next) {
        if (next == '\n') {
            pendingReturn = false;
            endLine();
            return;
        }
        begun = true;
        if (pendingReturn) {
            pendingReturn = false;
            character((byte) ' ');
        }
        if (next == '\r') {
            pendingReturn = true;
        } else {
            character(next);
        }
    }

    private void character(byte next) {
        if (inReply) {
            replyCharacter(next);
        } else if (next == '\t') {
            beginReply(new String(phase, 0, phaseLength, StandardCharsets.UTF_8));
        } else if (phaseLength == LONGEST_PHASE) {
            takePhaseAsReply();
            replyCharacter(next);
        } else {
            phase[phaseLength++] = next;
        }
    }

    private void beginReply(String name) {
        SmtpPhase named = Phases.named(name);
        linePhase = named == null ? SmtpPhase.UNKNOWN : named;
        inReply = true;
        for (int i = 0; i < phaseLength; i++) {
            output.add(printable(phase[i]));
        }
        output.add((byte) '\t');
    }

    private void takePhaseAsReply() {
        int length = phaseLength;
        phaseLength = 0;
        output.add((byte) '-');
        beginReply("-");
        for (int i = 0; i < length; i++) {
            replyCharacter(phase[i]);
        }
    }

    private void replyCharacter(byte next) {
        byte safe = printable(next);
        output.add(safe);
        if (replyLength < LONGEST_REPLY) {
            reply[replyLength++] = safe;
        }
    }

    private static byte printable(byte next) {
        return (next >= 0 && next < ' ') || next == 0x7f ? (byte) ' ' : next;
    }

    private void endLine() {
        if (!inReply) {
            takePhaseAsReply();
        }
        String raw = new String(reply, 0, replyLength, StandardCharsets.UTF_8);
        if (raw.indexOf('\\') >= 0) {
            raw = raw.replace("\\n", "\n");
        }
        Classification found = classifier.classify(linePhase, SmtpReply.parse(raw));
        output.add('\t', found.kind().name());
        output.add('\t', Explanation.lower(found.retry()));
        output.add('\t', Explanation.lower(found.scope()));
        output.add(
                '\t',
                found.waitHint().map(wait -> Long.toString(wait.toSeconds())).orElse("-"));
        output.add('\t', found.ruleId());
        output.add((byte) '\n');
        phaseLength = 0;
        replyLength = 0;
        inReply = false;
        begun = false;
        linePhase = SmtpPhase.UNKNOWN;
    }

    /** Collects output; grows only as far as one line's answer needs. */
    private static final class ByteBuffer {

        private final int large;
        private byte[] bytes;
        private int length;

        ByteBuffer(int large) {
            this.large = large;
            this.bytes = new byte[large + 1024];
        }

        void add(byte next) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = next;
        }

        void add(byte[] source, int from, int count) {
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
            }
            System.arraycopy(source, from, bytes, length, count);
            length += count;
        }

        void add(char separator, String ascii) {
            add((byte) separator);
            for (int i = 0; i < ascii.length(); i++) {
                add((byte) ascii.charAt(i));
            }
        }

        void drainIfLarge(OutputStream out) throws IOException {
            if (length >= large) {
                drain(out);
            }
        }

        void drain(OutputStream out) throws IOException {
            out.write(bytes, 0, length);
            length = 0;
        }
    }
}
