package org.resilientmail.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PfxOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.concurrent.TimeUnit;

/** Vert.x' mail client. */
final class VertxPeer implements Peer {

    private final Vertx vertx = Vertx.vertx();
    private final MailClient client;
    private final String text;

    VertxPeer(Target target, Scene scene) {
        text = scene.text();
        client = MailClient.create(
                vertx,
                new MailConfig(Target.HOST, target.port())
                        .setStarttls(StartTLSOptions.REQUIRED)
                        .setLogin(LoginOption.REQUIRED)
                        .setUsername(Target.USER)
                        .setPassword(Target.PASSWORD)
                        .setOwnHostname("client.example.com")
                        .setMaxPoolSize(scene.threads())
                        .setTrustOptions(new PfxOptions()
                                .setPath(System.getProperty("javax.net.ssl.trustStore"))
                                .setPassword(System.getProperty("javax.net.ssl.trustStorePassword"))));
    }

    @Override
    public Sender sender() {
        return () -> await(client.sendMail(new MailMessage()
                .setFrom(Target.SENDER)
                .setTo(Target.RECIPIENT)
                .setSubject("Benchmark")
                .setText(text)));
    }

    private static void await(Future<?> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Override
    public void end() throws Exception {
        client.close(); // not waited for: with several connections that may be for ever
        await(vertx.close());
    }
}
