package org.resilientmail.hostile;

import javax.net.SocketFactory;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.TestCertificate;
import org.resilientmail.testkit.TestSessions;

/** The ways to come to a connection: what holds for one has to hold for all. */
enum Way {
    PLAIN,
    STARTTLS,
    TLS_FIRST,
    /** TLS comes first because the application's factory for all sockets makes TLS. */
    SSL_FACTORY_FOR_ALL,
    /** A factory of the application's own, by its class. */
    FACTORY_BY_CLASS;

    ScriptedSmtpServer server() {
        ServerBuilder builder = ScriptedSmtpServer.builder();
        return switch (this) {
            case PLAIN, FACTORY_BY_CLASS -> builder.start();
            case STARTTLS -> builder.startTls().start();
            case TLS_FIRST, SSL_FACTORY_FOR_ALL -> builder.implicitTls().start();
        };
    }

    TestSessions sessions(ScriptedSmtpServer server) {
        TestSessions sessions = TestSessions.of(server);
        return switch (this) {
            case PLAIN, TLS_FIRST -> sessions;
            case STARTTLS -> sessions.startTls();
            case SSL_FACTORY_FOR_ALL ->
                sessions.distrusting()
                        .set("mail.smtps.socketFactory", TestCertificate.clientSocketFactory())
                        .smtp("socketFactory.fallback", "false");
            case FACTORY_BY_CLASS -> sessions.smtp("socketFactory.class", SocketFactory.class.getName());
        };
    }
}
