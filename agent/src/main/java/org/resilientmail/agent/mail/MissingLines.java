package org.resilientmail.agent.mail;

/** In place of {@code jakarta.mail.util.LineOutputStream}, which nobody asks for before Jakarta Mail 2.1. */
public interface MissingLines {}
