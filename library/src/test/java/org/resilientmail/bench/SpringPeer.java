package org.resilientmail.bench;

import jakarta.mail.internet.MimeMessage;
import org.resilientmail.testkit.Messages;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Spring's sender, on Angus. */
final class SpringPeer implements Peer {

    private final JavaMailSenderImpl spring = new JavaMailSenderImpl();
    private final String text;

    SpringPeer(Target target, Scene scene) {
        text = scene.text();
        spring.setHost(Target.HOST);
        spring.setPort(target.port());
        spring.setUsername(Target.USER);
        spring.setPassword(Target.PASSWORD);
        spring.setJavaMailProperties(JakartaPeer.angus(target));
    }

    @Override
    public Sender sender() {
        return () -> {
            MimeMessage message = Messages.withText(spring.getSession(), text, Target.RECIPIENT);
            spring.send(message);
        };
    }
}
