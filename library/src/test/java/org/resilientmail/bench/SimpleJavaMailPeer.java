package org.resilientmail.bench;

import java.util.concurrent.TimeUnit;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/** Simple Java Mail, on Angus; with its pool where the batch module is on the class path. */
final class SimpleJavaMailPeer implements Peer {

    private final Mailer mailer;
    private final String text;

    SimpleJavaMailPeer(Target target, Scene scene) {
        text = scene.text();
        mailer = MailerBuilder.withSMTPServer(Target.HOST, target.port(), Target.USER, Target.PASSWORD)
                .withTransportStrategy(TransportStrategy.SMTP_TLS)
                .withProperties(JakartaPeer.angus(target))
                .withConnectionPoolCoreSize(scene.threads())
                .withConnectionPoolMaxSize(scene.threads())
                .buildMailer();
    }

    @Override
    public Sender sender() {
        return () -> mailer.sendMail(
                EmailBuilder.startingBlank()
                        .from(Target.SENDER)
                        .to(Target.RECIPIENT)
                        .withSubject("Benchmark")
                        .withPlainText(text)
                        .buildEmail(),
                false);
    }

    @Override
    public void end() throws Exception {
        mailer.shutdownConnectionPool().get(10, TimeUnit.SECONDS);
    }
}
