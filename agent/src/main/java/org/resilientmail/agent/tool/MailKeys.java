package org.resilientmail.agent.tool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.resilientmail.config.NearestName;

/**
 * The keys of Jakarta Mail that concern sending, as the documentation of {@code org.eclipse.angus.mail.smtp} lists them.
 * Jakarta Mail itself passes over what it does not know, and over values it cannot read.
 */
final class MailKeys {

    private static final String RESILIENT = "mail.resilient.";
    private static final String MAIL = "mail.";

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,9}");
    private static final int MAX_PORT = 65_535;

    /** Of other parts of Jakarta Mail, which have no say here. */
    private static final Pattern NOT_OURS = Pattern.compile("mail\\.(imaps?|pop3s?|gimap|store|mime|event|util)\\..+");

    private static final Set<String> GENERAL = Set.of(
            "mail.host",
            "mail.user",
            "mail.password",
            "mail.from",
            "mail.debug",
            "mail.debug.auth",
            "mail.debug.auth.username",
            "mail.debug.auth.password",
            "mail.transport.protocol",
            "mail.transport.protocol.rfc822",
            "mail.alternates",
            "mail.replyallcc");

    private static final Map<String, Type> SMTP = new HashMap<>();

    static {
        types(
                Type.PORT,
                "port",
                "localport",
                "socketFactory.port",
                "ssl.socketFactory.port",
                "proxy.port",
                "socks.port");
        types(
                Type.NUMBER,
                "connectiontimeout",
                "timeout",
                "writetimeout",
                "chunksize",
                "auth.ntlm.flags",
                "auth.ntlm.lmcompat");
        types(
                Type.FLAG,
                "ehlo",
                "auth",
                "auth.login.disable",
                "auth.plain.disable",
                "auth.digest-md5.disable",
                "auth.ntlm.disable",
                "auth.ntlm.unicode",
                "auth.xoauth2.disable",
                "allow8bitmime",
                "sendpartial",
                "sasl.enable",
                "sasl.usecanonicalhostname",
                "quitwait",
                "quitonsessionreject",
                "reportsuccess",
                "socketFactory.fallback",
                "ssl.socketFactory.fallback",
                "ssl.enable",
                "ssl.checkserveridentity",
                "starttls.enable",
                "starttls.required",
                "userset",
                "noop.strict",
                "usesocketchannels");
        types(
                Type.TEXT,
                "host",
                "user",
                "password",
                "from",
                "localhost",
                "localaddress",
                "class",
                "auth.mechanisms",
                "auth.ntlm.domain",
                "submitter",
                "dsn.notify",
                "dsn.ret",
                "sasl.mechanisms",
                "sasl.authorizationid",
                "sasl.realm",
                "socketFactory.class",
                "ssl.socketFactory.class",
                "ssl.hostnameverifier.class",
                "ssl.trust",
                "ssl.protocols",
                "ssl.ciphersuites",
                "proxy.host",
                "proxy.user",
                "proxy.password",
                "socks.host",
                "mailextension");
    }

    private MailKeys() {}

    /** What may be written. */
    private enum Type {
        TEXT("any text") {
            @Override
            boolean fits(String value) {
                return true;
            }
        },
        FLAG("true or false") {
            @Override
            boolean fits(String value) {
                return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
            }
        },
        NUMBER("a whole number; of milliseconds for a time-out") {
            @Override
            boolean fits(String value) {
                return DIGITS.matcher(value).matches();
            }
        },
        PORT("a whole number from 1 to " + MAX_PORT) {
            @Override
            boolean fits(String value) {
                return NUMBER.fits(value) && Integer.parseInt(value) >= 1 && Integer.parseInt(value) <= MAX_PORT;
            }
        };

        private final String allowed;

        Type(String allowed) {
            this.allowed = allowed;
        }

        abstract boolean fits(String value);
    }

    private static void types(Type type, String... names) {
        for (String name : names) {
            SMTP.put(name, type);
        }
    }

    /** What is wrong with a file's lines, one line each, in alphabetical order. Lines that are not about mail are fine. */
    static List<String> problems(Properties properties) {
        List<String> problems = new ArrayList<>();
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            if (name.startsWith(MAIL)
                    && !name.startsWith(RESILIENT) // checked by the library
                    && !GENERAL.contains(name)
                    && !NOT_OURS.matcher(name).matches()) {
                check(name, properties.getProperty(name).strip(), problems);
            }
        }
        return problems;
    }

    private static void check(String name, String value, List<String> problems) {
        String prefix = name.startsWith("mail.smtps.") ? "mail.smtps." : "mail.smtp.";
        if (!name.startsWith(prefix)) {
            problems.add(name + " is not a known key; " + help(name, MAIL, groups()));
            return;
        }
        Type type = SMTP.get(name.substring(prefix.length()));
        if (type == null) {
            problems.add(name + " is not a known key; " + help(name.substring(prefix.length()), prefix, SMTP.keySet()));
        } else if (!type.fits(value)) {
            problems.add(name + "=" + value + " is not allowed; allowed: " + type.allowed);
        }
    }

    /** Known names without the first word. */
    private static Set<String> groups() {
        Set<String> known = new TreeSet<>();
        GENERAL.forEach(name -> known.add(name.substring(MAIL.length())));
        SMTP.keySet().forEach(name -> known.add("smtp." + name));
        return known;
    }

    private static String help(String written, String prefix, Collection<String> known) {
        String wanted = written.startsWith(MAIL) ? written.substring(MAIL.length()) : written;
        List<String> nearest = NearestName.to(wanted, known);
        return nearest.isEmpty()
                ? "known after " + prefix + " are " + String.join(", ", new TreeSet<>(known))
                : "did you mean " + prefix + String.join(" or " + prefix, nearest) + "?";
    }
}
