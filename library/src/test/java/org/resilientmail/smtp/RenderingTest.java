package org.resilientmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.LineOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.util.CRLFOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resilientmail.testkit.Messages;

/** A message is rendered octet for octet as Angus writes it, though not through a stream that Jakarta Mail looks up. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RenderingTest {

    private static final Session SESSION = Session.getInstance(new Properties());

    private enum Kind {
        TEXT {
            @Override
            MimeMessage make(Session session) throws MessagingException {
                return Messages.withDots(session);
            }
        },
        UTF8_HEADERS {
            @Override
            MimeMessage make(Session session) throws MessagingException {
                MimeMessage message = Messages.withText(session, "no line end");
                message.setHeader("Subject", "Gr\u00fc\u00dfe \u20ac \ud83d\ude00");
                message.addHeader("X-Low", "\u0080\u00ff");
                return message;
            }
        },
        EIGHT_BIT {
            @Override
            MimeMessage make(Session session) throws MessagingException {
                MimeMessage message = Messages.to(session);
                message.setText("Gr\u00fc\u00dfe\nbare\rends\r\r\n\n.", "utf-8");
                message.setHeader("Content-Transfer-Encoding", "8bit");
                return message;
            }
        },
        QUOTED_PRINTABLE {
            @Override
            MimeMessage make(Session session) throws MessagingException {
                MimeMessage message = Messages.to(session);
                message.setText("caf\u00e9 and a long line ".repeat(40) + "\r\n.", "utf-8");
                return message;
            }
        },
        BASE64 {
            @Override
            MimeMessage make(Session session) throws MessagingException {
                MimeMessage message = Messages.to(session);
                message.setText("\u043f\u0440\u0438\u0432\u0435\u0442\n".repeat(30), "utf-8", "html");
                return message;
            }
        },
        BASE64_OF_ASCII {
            @Override
            MimeMessage make(Session session) throws MessagingException {
                MimeMessage message = Messages.withText(session, "a line\n");
                message.setHeader("Content-Transfer-Encoding", " BASE64 ");
                return message;
            }
        },
        UNUSUAL_ENCODING {
            @Override
            MimeMessage make(Session session) throws MessagingException {
                MimeMessage message = Messages.withText(session, "a line\n");
                message.setHeader("Content-Transfer-Encoding", "x-uuencode");
                return message;
            }
        },
        OF_A_CLASS_OF_ITS_OWN {
            @Override
            MimeMessage make(Session session) throws MessagingException {
                MimeMessage message = new MimeMessage(session) {
                    @Override
                    protected void updateMessageID() throws MessagingException {
                        setHeader("Message-ID", "<own@example.com>");
                    }
                };
                message.setText("caf\u00e9\n.", "iso-8859-1");
                return message;
            }
        },
        MULTIPART {
            @Override
            MimeMessage make(Session session) throws MessagingException {
                MimeMessage message = Messages.to(session);
                message.setContent(multipart());
                return message;
            }
        },
        NESTED {
            @Override
            MimeMessage make(Session session) throws MessagingException {
                MimeMultipart outer = multipart();
                MimeBodyPart nested = new MimeBodyPart();
                nested.setContent(multipart());
                outer.addBodyPart(nested);
                MimeBodyPart forwarded = new MimeBodyPart();
                forwarded.setContent(UTF8_HEADERS.make(session), "message/rfc822");
                outer.addBodyPart(forwarded);
                MimeBodyPart parsed = new MimeBodyPart();
                parsed.setContent(PARSED.make(session), "message/rfc822");
                outer.addBodyPart(parsed);
                MimeMessage message = Messages.to(session);
                message.setContent(outer);
                return message;
            }
        },
        PARSED {
            @Override
            MimeMessage make(Session session) throws MessagingException {
                return new MimeMessage(session, new ByteArrayInputStream(PARSED_TEXT));
            }
        },
        PARSED_AND_CHANGED {
            @Override
            MimeMessage make(Session session) throws MessagingException {
                MimeMessage message = PARSED.make(session);
                message.setHeader("X-Changed", "yes");
                message.saveChanges();
                return message;
            }
        },
        SMTP_MESSAGE {
            @Override
            MimeMessage make(Session session) throws MessagingException {
                SMTPMessage message = new SMTPMessage(MULTIPART.make(session));
                message.setNotifyOptions(SMTPMessage.NOTIFY_NEVER);
                return message;
            }
        },
        OWN_WRITING {
            @Override
            MimeMessage make(Session session) throws MessagingException {
                return new MimeMessage(MULTIPART.make(session)) {
                    @Override
                    public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
                        out.write("X-First: mine\n".getBytes(StandardCharsets.US_ASCII));
                        super.writeTo(out, ignored);
                        out.write('\n');
                        out.write('.');
                    }
                };
            }
        },
        WITHOUT_SESSION {
            @Override
            MimeMessage make(Session session) throws MessagingException {
                MimeMessage message = new MimeMessage((Session) null);
                message.setHeader("Subject", "none");
                message.setText("text\n", "us-ascii");
                return message;
            }
        };

        private static final byte[] PARSED_TEXT = ("From: a@example.com\nTo: b@example.com\nSubject: \u00fcber\n"
                        + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
                        + "Content-Length: 3\nBcc: c@example.com\n\nGr\u00fc\u00dfe\n.\nlast")
                .getBytes(StandardCharsets.UTF_8);

        abstract MimeMessage make(Session session) throws MessagingException;

        static MimeMultipart multipart() throws MessagingException {
            MimeBodyPart text = new MimeBodyPart();
            text.setText("Gr\u00fc\u00dfe\n.\n", "utf-8");
            MimeBodyPart file = new MimeBodyPart();
            file.setText("x".repeat(300), "us-ascii");
            file.setHeader("Content-Transfer-Encoding", "base64");
            file.setHeader("Content-Description", "\u00fcber");
            MimeMultipart multipart = new MimeMultipart(text, file);
            multipart.setPreamble("a preamble\nof two lines");
            return multipart;
        }
    }

    private static byte[] asAngus(MimeMessage message) throws IOException, MessagingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        class Angus extends CRLFOutputStream {
            Angus() {
                super(bytes);
            }

            void end() throws IOException {
                if (!atBOL) {
                    writeln();
                }
            }
        }
        Angus angus = new Angus();
        message.writeTo(angus, new String[] {"Bcc", "Content-Length"});
        angus.end();
        return bytes.toByteArray();
    }

    private static byte[] asOurs(MimeMessage message) throws IOException, MessagingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (FrozenMessage frozen = FrozenMessage.of(message, false)) {
            frozen.copyTo(bytes);
            assertThat(frozen.size()).isEqualTo(bytes.size());
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    void a_message_is_rendered_as_angus_writes_it(Kind kind) throws Exception {
        MimeMessage message = kind.make(SESSION);
        if (kind != Kind.PARSED) {
            message.saveChanges();
        }
        byte[] angus = asAngus(message);
        assertThat(asOurs(message)).isNotEmpty().isEqualTo(angus);
    }

    @ParameterizedTest
    @EnumSource
    void it_is_also_where_the_session_lets_headers_be_utf_8(Kind kind) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.mime.allowutf8", "true");
        MimeMessage message = kind.make(Session.getInstance(properties));
        if (kind != Kind.PARSED) {
            message.saveChanges();
        }
        byte[] angus = asAngus(message);
        assertThat(asOurs(message)).isEqualTo(angus);
    }

    @ParameterizedTest
    @EnumSource
    void it_is_also_where_it_was_changed_and_not_saved_again(Kind kind) throws Exception {
        MimeMessage message = kind.make(SESSION);
        message.saveChanges();
        message.setText("something else: \u20ac\n.", "utf-8");
        byte[] angus = asAngus(message);
        assertThat(asOurs(message)).isEqualTo(angus);
    }

    @Test
    void it_is_also_where_what_was_read_is_replaced_and_not_saved() throws Exception {
        MimeMessage message = Kind.PARSED.make(SESSION);
        message.setDataHandler(new DataHandler("another text\n", "text/plain"));
        for (String field : new String[] {"Message-ID", "MIME-Version", "Date"}) {
            message.setHeader(field, "<some@example.com>");
        }
        message.setHeader("Content-Type", "text/plain");
        message.setHeader("Content-Transfer-Encoding", "7bit");
        byte[] angus = asAngus(message);
        assertThat(asOurs(message)).isEqualTo(angus);
    }

    @ParameterizedTest
    @EnumSource(names = {"TEXT", "EIGHT_BIT", "QUOTED_PRINTABLE", "BASE64", "OF_A_CLASS_OF_ITS_OWN"})
    void nobody_is_looked_up_to_encode_a_text(Kind kind) throws Exception {
        MimeMessage message = kind.make(SESSION);
        message.saveChanges();
        List<String> lookedFor = new ArrayList<>();
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(new ClassLoader(usual) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                lookedFor.add(name);
                return super.getResources(name);
            }
        });
        try {
            asAngus(message);
            assertThat(lookedFor).anySatisfy(name -> assertThat(name).contains("StreamProvider"));
            lookedFor.clear();
            asOurs(message);
        } finally {
            thread.setContextClassLoader(usual);
        }
        assertThat(lookedFor).noneSatisfy(name -> assertThat(name).contains("StreamProvider"));
    }

    @Test
    void header_fields_are_taken_without_a_stream_of_the_provider() throws Exception {
        boolean[] takesLines = new boolean[1];
        MimeMessage message = new MimeMessage(Messages.to(SESSION)) {
            @Override
            public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
                takesLines[0] = out instanceof LineOutputStream;
                super.writeTo(out, ignored);
            }
        };
        assertThat(asOurs(message)).isNotEmpty();
        assertThat(takesLines[0]).isTrue();
    }
}
