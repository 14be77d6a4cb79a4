package org.resilientmail.config;

import java.util.regex.Pattern;

/** A server's name or address, as it is given to the transport. */
record HostType() implements ValueType<String> {

    private static final Pattern WITH_PORT = Pattern.compile("[^:]*:[0-9]*");
    private static final Pattern NO_HOST = Pattern.compile(".*[\\s/@].*");

    @Override
    public String parse(String text) throws BadValue {
        check(text);
        return text;
    }

    @Override
    public void check(String text) throws BadValue {
        if (WITH_PORT.matcher(text).matches()) {
            throw new BadValue("has a port: an account is matched by host and user only");
        }
        if (text.isBlank() || NO_HOST.matcher(text).matches()) {
            throw new BadValue("is not a host");
        }
    }

    @Override
    public String format(String value) {
        return value.isEmpty() ? ValueTypes.NONE : value;
    }

    @Override
    public String allowed() {
        return "a host name or address, as in mail.smtp.host";
    }
}
