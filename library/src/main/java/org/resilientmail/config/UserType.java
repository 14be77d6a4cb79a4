package org.resilientmail.config;

/** A user name, as it is given to the transport. */
record UserType() implements ValueType<String> {

    @Override
    public String parse(String text) {
        return text;
    }

    @Override
    public void check(String value) {
        // servers take any text for a user name
    }

    @Override
    public String format(String value) {
        return value.isEmpty() ? ValueTypes.NONE : value;
    }

    @Override
    public String allowed() {
        return "a user name, as in mail.smtp.user";
    }
}
