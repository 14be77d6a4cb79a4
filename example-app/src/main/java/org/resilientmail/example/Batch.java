package org.resilientmail.example;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends messages from several threads by nothing but {@link Transport#send}. */
final class Batch {

    private final Session session;
    private final InternetAddress from;
    private final int threads;

    Batch(Session session, InternetAddress from, int threads) {
        this.session = session;
        this.from = from;
        this.threads = threads;
    }

    /**
     * Sends every message once.
     *
     * @param progress is told of every message that is done, from the sending threads
     * @return one result per message, in their order
     */
    List<SendResult> send(List<Mailing> mailings, Progress progress) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<SendResult>> pending = new ArrayList<>();
            for (Mailing mailing : mailings) {
                pending.add(pool.submit(() -> send(mailing, progress)));
            }
            List<SendResult> results = new ArrayList<>();
            for (Future<SendResult> one : pending) {
                results.add(one.get());
            }
            return List.copyOf(results);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a sending thread broke down", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private SendResult send(Mailing mailing, Progress progress) {
        SendResult result;
        try {
            Transport.send(mailing.message(session, from));
            result = SendResult.sent(mailing);
        } catch (MessagingException | RuntimeException e) {
            result = SendResult.failed(mailing, e);
        }
        progress.step();
        return result;
    }
}
