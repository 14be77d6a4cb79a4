package org.resilientmail.bench;

import com.hubspot.smtp.client.SmtpClientResponse;
import com.hubspot.smtp.client.SmtpSession;
import com.hubspot.smtp.client.SmtpSessionConfig;
import com.hubspot.smtp.client.SmtpSessionFactory;
import com.hubspot.smtp.client.SmtpSessionFactoryConfig;
import com.hubspot.smtp.messages.MessageContent;
import com.hubspot.smtp.messages.MessageContentEncoding;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.smtp.SmtpRequests;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** HubSpot's NioSmtpClient, with a connection for each thread. */
final class NioSmtpPeer implements Peer {

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Target target;
    private final WireMessage messages;
    private final SmtpSessionFactory factory;

    NioSmtpPeer(Target target, Scene scene) {
        this.target = target;
        messages = new WireMessage(scene);
        factory = new SmtpSessionFactory(SmtpSessionFactoryConfig.builder()
                .eventLoopGroup(loops)
                .executor(Runnable::run)
                .sslEngineSupplier(() -> engine(target))
                .build());
    }

    private static SSLEngine engine(Target target) {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine(Target.HOST, target.port());
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
            engine.setUseClientMode(true);
            return engine;
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Sender sender() throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port());
        SmtpSession session = await(factory.connect(SmtpSessionConfig.forRemoteAddress(address)))
                .getSession();
        await(session.send(SmtpRequests.ehlo("client.example.com")));
        await(session.startTls());
        await(session.authPlain(Target.USER, Target.PASSWORD));
        return () -> await(session.send(
                Target.SENDER,
                Target.RECIPIENT,
                MessageContent.of(Unpooled.wrappedBuffer(messages.next()), MessageContentEncoding.SEVEN_BIT)));
    }

    private static SmtpClientResponse await(CompletableFuture<SmtpClientResponse> future) throws Exception {
        SmtpClientResponse response = future.get(30, TimeUnit.SECONDS);
        if (response.containsError()) {
            throw new IllegalStateException(response.toString());
        }
        return response;
    }

    @Override
    public void end() throws Exception {
        factory.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS);
    }
}
