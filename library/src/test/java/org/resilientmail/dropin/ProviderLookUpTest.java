package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Provider;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.util.Arrays;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPSSLTransport;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.Test;
import org.resilientmail.ResilientSslTransport;
import org.resilientmail.ResilientTransport;

/** With the jar on the class path, every way to ask Jakarta Mail for SMTP gives our transport. */
class ProviderLookUpTest {

    private final Session session = Session.getInstance(new Properties());

    @Test
    void the_protocol_the_url_the_address_and_the_default_lead_to_ours() throws Exception {
        assertThat(session.getTransport("smtp")).isExactlyInstanceOf(ResilientTransport.class);
        assertThat(session.getTransport("smtps")).isExactlyInstanceOf(ResilientSslTransport.class);
        assertThat(session.getTransport(new URLName("smtp://mail.example.com")))
                .isExactlyInstanceOf(ResilientTransport.class);
        assertThat(session.getTransport(new URLName("smtps://mail.example.com")))
                .isExactlyInstanceOf(ResilientSslTransport.class);
        assertThat(session.getTransport(new InternetAddress("a@example.com")))
                .isExactlyInstanceOf(ResilientTransport.class);
        assertThat(session.getTransport()).isExactlyInstanceOf(ResilientTransport.class);
        assertThat(session.getTransport(session.getProvider("smtp"))).isExactlyInstanceOf(ResilientTransport.class);
    }

    @Test
    void what_is_handed_out_can_be_cast_as_before() throws Exception {
        assertThat(session.getTransport("smtp")).isInstanceOf(SMTPTransport.class);
        assertThat(session.getTransport("smtps")).isInstanceOf(SMTPTransport.class);
    }

    @Test
    void the_class_property_names_ours_or_angus_explicitly() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.class", ResilientTransport.class.getName());
        properties.setProperty("mail.smtps.class", ResilientSslTransport.class.getName());
        Session ours = Session.getInstance(properties);
        assertThat(ours.getTransport("smtp")).isExactlyInstanceOf(ResilientTransport.class);
        assertThat(ours.getTransport("smtps")).isExactlyInstanceOf(ResilientSslTransport.class);
        properties.setProperty("mail.smtp.class", SMTPTransport.class.getName());
        properties.setProperty("mail.smtps.class", SMTPSSLTransport.class.getName());
        Session angus = Session.getInstance(properties);
        assertThat(angus.getTransport("smtp")).isExactlyInstanceOf(SMTPTransport.class);
        assertThat(angus.getTransport("smtps")).isExactlyInstanceOf(SMTPSSLTransport.class);
    }

    @Test
    void a_provider_chosen_in_code_stays_chosen() throws Exception {
        Provider angus = Arrays.stream(session.getProviders())
                .filter(provider -> provider.getClassName().equals(SMTPTransport.class.getName()))
                .findFirst()
                .orElseThrow();
        assertThat(session.getTransport(angus)).isExactlyInstanceOf(SMTPTransport.class);
        session.setProvider(angus);
        assertThat(session.getTransport("smtp")).isExactlyInstanceOf(SMTPTransport.class);
    }

    @Test
    void other_protocols_are_not_touched() throws Exception {
        assertThat(session.getStore("imap").getClass().getName()).startsWith("org.eclipse.angus.");
        assertThatThrownBy(() -> session.getTransport("nntp")).isInstanceOf(jakarta.mail.NoSuchProviderException.class);
        Transport transport = session.getTransport("smtp");
        assertThat(transport.isConnected()).isFalse();
    }
}
