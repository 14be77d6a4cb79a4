package org.resilientmail.bench;

import java.util.Locale;

/** Who takes part. */
enum Contender {
    ANGUS_SEND("Angus Transport.send", (target, scene) -> JakartaPeer.sending(target, scene, "angus")),
    ANGUS_REUSED("Angus, reused", JakartaPeer::reusing),
    SPRING("Spring JavaMailSender", SpringPeer::new),
    SIMPLE_JAVA_MAIL("Simple Java Mail, pool", SimpleJavaMailPeer::new),
    VERTX("Vert.x mail client", VertxPeer::new),
    NIO_SMTP("NioSmtpClient", NioSmtpPeer::new),
    OURS_OFF("resilient-mail, DATA", (target, scene) -> JakartaPeer.sending(target, scene, "off")),
    OURS("resilient-mail", (target, scene) -> JakartaPeer.sending(target, scene, "strict")),
    OURS_ONE_FLIGHT("resilient-mail, one-flight", (target, scene) -> JakartaPeer.sending(target, scene, "one-flight")),
    RAW_TWO("raw sockets, 2 round trips", RawPeer::inTwo),
    RAW("raw sockets", RawPeer::inOne),
    /** Takes part where the agent's jar is given: the program of {@link #ANGUS_SEND}, unchanged. */
    AGENT("resilient-mail agent", (target, scene) -> JakartaPeer.sending(target, scene, "angus")),
    AGENT_ONE_FLIGHT(
            "resilient-mail agent, one-flight", (target, scene) -> JakartaPeer.sending(target, scene, "angus"));

    private final String title;
    private final Setting setting;

    Contender(String title, Setting setting) {
        this.title = title;
        this.setting = setting;
    }

    private interface Setting {
        Peer open(Target target, Scene scene) throws Exception;
    }

    /** {@return its name in the chart} */
    String title() {
        return title;
    }

    /** {@return its name in tables and options} */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return the one of this name} */
    static Contender of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    boolean isByAgent() {
        return this == AGENT || this == AGENT_ONE_FLIGHT;
    }

    /** Whether it can send what the messages of a scene are made of. */
    boolean plays(Scene scene) {
        return switch (this) {
            case SPRING, SIMPLE_JAVA_MAIL, VERTX, NIO_SMTP, RAW -> scene.content() == Content.TEXT;
            default -> true;
        };
    }

    Peer open(Target target, Scene scene) throws Exception {
        return setting.open(target, scene);
    }
}
