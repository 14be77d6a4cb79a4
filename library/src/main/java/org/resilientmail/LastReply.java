package org.resilientmail;

/**
 * What {@code getLastServerResponse} and {@code getLastReturnCode} tell: set together.
 *
 * @param response the relay's words; {@code null} before the first
 * @param code their code; 0 before the first, negative where Angus read none
 */
record LastReply(String response, int code) {}
