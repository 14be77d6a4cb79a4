package org.resilientmail.example.relay;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One conversation with a sender, from the greeting to the end (RFC 5321 section 3). Runs on one thread. */
final class RelaySession {

    private static final Pattern MAIL = Pattern.compile("FROM:\\s?<([^>]*)>(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern RCPT = Pattern.compile("TO:\\s?<([^>]*)>.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SIZE = Pattern.compile("\\bSIZE=(\\d{1,18})\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");

    private final Relay relay;
    private final Socket socket;
    private final Wire wire;
    private final Instant end;

    private String user;
    private int messages;
    private Envelope envelope;
    private boolean open = true;

    RelaySession(Relay relay, Socket socket) throws IOException {
        this.relay = relay;
        this.socket = socket;
        this.wire = new Wire(socket);
        this.end = relay.clock().instant().plus(relay.limits().sessionLifetime());
    }

    void run() throws IOException {
        try {
            wire.send("220 relay.example.org ESMTP");
            while (open) {
                String line = nextLine();
                if (line == null) {
                    return;
                }
                answer(line);
            }
        } finally {
            release();
        }
    }

    private String nextLine() throws IOException {
        Duration left = Duration.between(relay.clock().instant(), end);
        boolean idleFirst = relay.limits().idle().compareTo(left) <= 0;
        try {
            wire.timeout((int) Math.max(1, (idleFirst ? relay.limits().idle() : left).toMillis()));
            return wire.readLine();
        } catch (SocketTimeoutException e) {
            reply(idleFirst ? Replies.IDLE : Replies.LIFETIME);
            return null;
        }
    }

    private void answer(String line) throws IOException {
        String[] words = line.split(" ", 2);
        String rest = words.length > 1 ? words[1].strip() : "";
        switch (words[0].toUpperCase(Locale.ROOT)) {
            case "EHLO" -> greet();
            case "HELO" -> reply("250 relay.example.org");
            case "AUTH" -> authenticate(rest);
            case "MAIL" -> mail(rest);
            case "RCPT" -> recipient(rest);
            case "DATA" -> data();
            case "RSET" -> {
                envelope = null;
                reply("250 2.0.0 OK");
            }
            case "NOOP" -> reply("250 2.0.0 OK");
            case "QUIT" -> {
                open = false;
                reply("221 2.0.0 Bye");
            }
            default -> reply(Replies.UNKNOWN_COMMAND);
        }
    }

    private void greet() throws IOException {
        envelope = null;
        wire.send(
                "250-relay.example.org",
                "250-SIZE " + relay.limits().messageSize(),
                "250-8BITMIME",
                "250-ENHANCEDSTATUSCODES",
                "250 AUTH PLAIN LOGIN");
    }

    private void authenticate(String arguments) throws IOException {
        if (user != null || envelope != null) {
            reply(Replies.BAD_SEQUENCE);
            return;
        }
        try {
            Login attempt = new LoginExchange(wire).read(arguments);
            Optional<String> refusal = relay.guard().refusal(socket.getInetAddress(), attempt);
            if (refusal.isPresent()) {
                reply(refusal.get());
            } else if (!relay.ledger().open(attempt.user(), relay.limits().sessionsPerUser())) {
                reply(Replies.TOO_MANY_SESSIONS);
            } else {
                user = attempt.user();
                reply("235 2.7.0 Authentication successful");
            }
        } catch (LoginExchange.Failed e) {
            reply(e.getMessage());
        }
    }

    private void mail(String arguments) throws IOException {
        Matcher path = MAIL.matcher(arguments);
        Optional<String> refusal = mailRefusal(path);
        if (refusal.isPresent()) {
            reply(refusal.get());
            return;
        }
        envelope = new Envelope(path.group(1));
        reply("250 2.1.0 Sender OK");
    }

    private Optional<String> mailRefusal(Matcher path) {
        RelayLimits limits = relay.limits();
        if (user == null) {
            return Optional.of(Replies.LOGIN_REQUIRED);
        }
        if (envelope != null) {
            return Optional.of(Replies.BAD_SEQUENCE);
        }
        if (!relay.clock().instant().isBefore(end)) {
            return Optional.of(Replies.LIFETIME);
        }
        if (messages >= limits.messagesPerSession()) {
            return Optional.of(Replies.TOO_MANY_MESSAGES);
        }
        int accepted = relay.ledger().messages();
        if (accepted >= limits.monthlyQuota()) {
            return Optional.of(Replies.QUOTA_EXCEEDED);
        }
        if (!path.matches() || !(path.group(1).isEmpty() || isAddress(path.group(1)))) {
            return Optional.of(Replies.BAD_SENDER);
        }
        Matcher size = SIZE.matcher(path.group(2));
        if (size.find() && Long.parseLong(size.group(1)) > limits.messageSize()) {
            return Optional.of(Replies.TOO_LARGE);
        }
        return relay.throttle().refusal(accepted);
    }

    private void recipient(String arguments) throws IOException {
        Matcher path = RCPT.matcher(arguments);
        if (envelope == null) {
            reply(user == null ? Replies.LOGIN_REQUIRED : Replies.BAD_SEQUENCE);
        } else if (!path.matches() || !isAddress(path.group(1))) {
            reply(Replies.BAD_RECIPIENT);
        } else if (envelope.recipients().size() >= relay.limits().recipientsPerMessage()) {
            reply(Replies.tooManyRecipients(relay.limits().recipientsPerMessage()));
        } else if (relay.troubles().unknownMailboxes().contains(path.group(1).toLowerCase(Locale.ROOT))) {
            reply(Replies.NO_SUCH_MAILBOX);
        } else {
            Optional<String> deferred = relay.greylist().refusal(path.group(1));
            if (deferred.isEmpty()) {
                envelope.add(path.group(1));
            }
            reply(deferred.orElse("250 2.1.5 Recipient OK"));
        }
    }

    private void data() throws IOException {
        if (envelope == null || envelope.recipients().isEmpty()) {
            reply(user == null ? Replies.LOGIN_REQUIRED : Replies.BAD_SEQUENCE);
            return;
        }
        wire.send("354 Start mail input; end with <CRLF>.<CRLF>");
        Wire.Data data = wire.readData(relay.limits().messageSize());
        Envelope complete = envelope;
        envelope = null;
        if (data.size() > relay.limits().messageSize()) {
            reply(Replies.TOO_LARGE);
            return;
        }
        Optional<String> refusal =
                HeaderCheck.refusal(data.bytes(), relay.login().domain());
        reply(refusal.isPresent() ? refusal.get() : handOn(complete, data.bytes()));
    }

    private String handOn(Envelope complete, byte[] bytes) {
        List<String> recipients = complete.recipients();
        try {
            relay.upstream().deliver(complete.sender(), recipients, bytes);
        } catch (ConnectException e) {
            return Replies.CANNOT_CONNECT;
        } catch (IOException e) {
            return Replies.CANNOT_RELAY;
        }
        messages++;
        return "250 2.0.0 OK, queued as %06d".formatted(relay.ledger().accepted(recipients.size(), messages));
    }

    private void reply(String line) throws IOException {
        if (line.charAt(0) == '4' || line.charAt(0) == '5') {
            relay.ledger().refused(line);
        }
        if (line.startsWith("421")) {
            open = false;
        }
        if (!open) {
            // Before the last word is out: a sender that waits for it may at once open the next session.
            release();
        }
        wire.send(line);
    }

    private void release() {
        if (user != null) {
            relay.ledger().close(user);
            user = null;
        }
    }

    private static boolean isAddress(String path) {
        return ADDRESS.matcher(path).matches();
    }
}
