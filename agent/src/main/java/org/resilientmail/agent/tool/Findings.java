package org.resilientmail.agent.tool;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.PlainText;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;
import org.resilientmail.smtp.Opening;
import org.resilientmail.smtp.SmtpSession;

/** Prints what was found, one line each. Whatever a relay said is made plain before. */
final class Findings {

    private static final int COLUMN = 13;

    private static final String HIDDEN = "********";

    private final PrintWriter out;
    /** The password, as it is and as it is transferred. */
    private final List<String> secrets;

    Findings(PrintWriter out, String user, String password) {
        this.out = out;
        this.secrets = password == null
                ? List.of()
                : List.of(password, base64(password), base64("\0" + user + "\0" + password));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What the relay said, which may be what we said to it. */
    void said(String name, String words) {
        String shown = words;
        for (String secret : secrets) {
            shown = shown.replace(secret, HIDDEN);
        }
        line(name, shown);
    }

    void line(String name, String value) {
        out.println((name + ":" + " ".repeat(COLUMN)).substring(0, COLUMN) + PlainText.of(value));
    }

    /** What was seen of the relay, as far as it came. */
    void opening(Opening opening) {
        if (!opening.greeting().isBlank()) {
            said("greeting", opening.greeting());
        }
        opening.tls().ifPresent(this::tls);
        if (!opening.extensions().isEmpty()) {
            said(
                    "extensions",
                    new TreeMap<>(opening.extensions())
                            .entrySet().stream().map(Findings::extension).collect(Collectors.joining(", ")));
        }
    }

    private static String extension(Map.Entry<String, String> extension) {
        return (extension.getKey() + " " + extension.getValue()).strip();
    }

    private void tls(SSLSession tls) {
        line("TLS", tls.getProtocol() + ", " + tls.getCipherSuite());
        try {
            Certificate[] chain = tls.getPeerCertificates();
            if (chain.length > 0 && chain[0] instanceof X509Certificate certificate) {
                LocalDate end = LocalDate.ofInstant(certificate.getNotAfter().toInstant(), ZoneOffset.UTC);
                line(
                        "certificate",
                        certificate.getSubjectX500Principal() + ", until " + end + ", by "
                                + certificate.getIssuerX500Principal());
            }
        } catch (SSLPeerUnverifiedException e) {
            line("certificate", "none");
        }
    }

    /** The limits a relay announced. */
    void limits(SmtpSession session) {
        StringBuilder limits = new StringBuilder();
        session.maxMessageSize().ifPresent(octets -> add(limits, "%d bytes per message (SIZE)", octets));
        session.announcedLimit("RCPTMAX")
                .ifPresent(count -> add(limits, "%d recipients per message (LIMITS RCPTMAX)", count));
        session.announcedLimit("MAILMAX")
                .ifPresent(count -> add(limits, "%d messages per session (LIMITS MAILMAX)", count));
        session.announcedLimit("RCPTDOMAINMAX")
                .ifPresent(count -> add(limits, "%d recipients' domains per message (LIMITS RCPTDOMAINMAX)", count));
        line("limits", limits.length() == 0 ? "none announced" : limits.toString());
    }

    private static void add(StringBuilder limits, String format, long value) {
        limits.append(limits.length() == 0 ? "" : ", ").append(String.format(Locale.ROOT, format, value));
    }

    /** A failure, with what to do. */
    void failure(
            SmtpPhase phase, Optional<SmtpReply> reply, String words, String exception, Classification classification) {
        line("failed", phase + ": " + classification.kind() + " (" + classification.reason() + ")");
        said(
                reply.isPresent() ? "reply" : "error",
                reply.map(SmtpReply::toString).orElse(words));
        line("exception", exception);
        line(
                "retry",
                classification.retry().name().toLowerCase(Locale.ROOT)
                        + classification.waitHint().map(Findings::wait).orElse(""));
        line("rule", classification.ruleId() + " (" + classification.source() + ")");
        line("advice", classification.advice());
    }

    private static String wait(Duration wait) {
        return ", after " + wait.toSeconds() + " s";
    }
}
