package org.resilientmail.soak;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.resilientmail.testkit.Messages;

/**
 * One call that is to be made, drawn by seed and number. Sender and recipients have no other call's addresses. Immutable.
 *
 * @param number from 0
 * @param account whose limits hold
 * @param partial with {@code sendpartial}, or all or nothing
 * @param knowsPassword whether the caller has the account's password; the others must get nowhere
 * @param octets about how large the message is
 * @param recipients to whom
 */
record Order(
        int number, SoakAccount account, boolean partial, boolean knowsPassword, int octets, List<String> recipients) {

    private static final int MOST_RECIPIENTS = 8;

    static Order draw(long seed, int number) {
        SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() + number);
        SoakAccount account = SoakAccount.ALL.get(random.nextInt(SoakAccount.ALL.size()));
        int count = 1 + random.nextInt(MOST_RECIPIENTS);
        return new Order(
                number,
                account,
                random.nextBoolean(),
                random.nextInt(100) > 0,
                random.nextInt(100) > 0 ? 100 : 40_000,
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> "r" + i + "." + number + "@example.com")
                        .toList());
    }

    String sender() {
        return "s" + number + "@example.com";
    }

    MimeMessage message(Session session) throws MessagingException {
        MimeMessage message = Messages.ofSize(session, octets, recipients.toArray(String[]::new));
        message.setFrom(new InternetAddress(sender()));
        return message;
    }
}
