package org.resilientmail;

import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Flags;
import jakarta.mail.Header;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;

/** A message, but none of RFC 822. */
final class NotMime extends Message {

    @Override
    public Address[] getFrom() {
        return new Address[0];
    }

    @Override
    public void setFrom() {}

    @Override
    public void setFrom(Address address) {}

    @Override
    public void addFrom(Address[] addresses) {}

    @Override
    public Address[] getRecipients(RecipientType type) {
        return new Address[0];
    }

    @Override
    public void setRecipients(RecipientType type, Address[] addresses) {}

    @Override
    public void addRecipients(RecipientType type, Address[] addresses) {}

    @Override
    public String getSubject() {
        return "";
    }

    @Override
    public void setSubject(String subject) {}

    @Override
    public Date getSentDate() {
        return null;
    }

    @Override
    public void setSentDate(Date date) {}

    @Override
    public Date getReceivedDate() {
        return null;
    }

    @Override
    public Flags getFlags() {
        return new Flags();
    }

    @Override
    public void setFlags(Flags flags, boolean set) {}

    @Override
    public Message reply(boolean replyToAll) {
        return this;
    }

    @Override
    public void saveChanges() {}

    @Override
    public int getSize() {
        return 0;
    }

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public String getContentType() {
        return "text/plain";
    }

    @Override
    public boolean isMimeType(String type) {
        return false;
    }

    @Override
    public String getDisposition() {
        return null;
    }

    @Override
    public void setDisposition(String disposition) {}

    @Override
    public String getDescription() {
        return null;
    }

    @Override
    public void setDescription(String description) {}

    @Override
    public String getFileName() {
        return null;
    }

    @Override
    public void setFileName(String name) {}

    @Override
    public InputStream getInputStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public DataHandler getDataHandler() {
        return null;
    }

    @Override
    public Object getContent() {
        return "";
    }

    @Override
    public void setDataHandler(DataHandler handler) {}

    @Override
    public void setContent(Object content, String type) {}

    @Override
    public void setText(String text) {}

    @Override
    public void setContent(Multipart content) {}

    @Override
    public void writeTo(OutputStream out) {}

    @Override
    public void addHeader(String name, String value) {}

    @Override
    public void setHeader(String name, String value) {}

    @Override
    public String[] getHeader(String name) {
        return new String[0];
    }

    @Override
    public void removeHeader(String name) {}

    @Override
    public Enumeration<Header> getAllHeaders() {
        return Collections.emptyEnumeration();
    }

    @Override
    public Enumeration<Header> getMatchingHeaders(String[] names) {
        return Collections.emptyEnumeration();
    }

    @Override
    public Enumeration<Header> getNonMatchingHeaders(String[] names) {
        return Collections.emptyEnumeration();
    }
}
