package org.resilientmail.smtp;

import java.util.List;
import java.util.Objects;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * What an application set on its transport object, beside properties, that changes how a session is opened. Two
 * sessions opened with different settings are not interchangeable. Immutable.
 *
 * @param localHost the name for EHLO, or {@code null} for Angus' own choice
 * @param saslEnabled see {@link SMTPTransport#setSASLEnabled}
 * @param saslRealm see {@link SMTPTransport#setSASLRealm}; may be {@code null}
 * @param saslMechanisms see {@link SMTPTransport#setSASLMechanisms}
 * @param authorizationId see {@link SMTPTransport#setAuthorizationID}; may be {@code null}
 * @param ntlmDomain see {@link SMTPTransport#setNTLMDomain}; may be {@code null}
 * @param startTls see {@link SMTPTransport#setStartTLS}
 * @param requireStartTls see {@link SMTPTransport#setRequireStartTLS}
 * @param canonicalHostName see {@link SMTPTransport#setUseCanonicalHostName}
 * @param useRset see {@link SMTPTransport#setUseRset}
 * @param noopStrict see {@link SMTPTransport#setNoopStrict}
 */
public record LoginSettings(
        String localHost,
        boolean saslEnabled,
        String saslRealm,
        List<String> saslMechanisms,
        String authorizationId,
        String ntlmDomain,
        boolean startTls,
        boolean requireStartTls,
        boolean canonicalHostName,
        boolean useRset,
        boolean noopStrict) {

    /**
     * Copies the list.
     *
     * @param localHost see {@link #localHost()}
     * @param saslEnabled see {@link #saslEnabled()}
     * @param saslRealm see {@link #saslRealm()}
     * @param saslMechanisms see {@link #saslMechanisms()}
     * @param authorizationId see {@link #authorizationId()}
     * @param ntlmDomain see {@link #ntlmDomain()}
     * @param startTls see {@link #startTls()}
     * @param requireStartTls see {@link #requireStartTls()}
     * @param canonicalHostName see {@link #canonicalHostName()}
     * @param useRset see {@link #useRset()}
     * @param noopStrict see {@link #noopStrict()}
     */
    public LoginSettings {
        saslMechanisms = List.copyOf(Objects.requireNonNull(saslMechanisms, "saslMechanisms"));
    }

    /**
     * Reads the settings of a transport object.
     *
     * @param transport the application's object
     * @param localHost the name it was told to use for EHLO, or {@code null}; reading it from the object would look it
     *     up
     * @return its settings
     */
    public static LoginSettings of(SMTPTransport transport, String localHost) {
        String[] mechanisms = transport.getSASLMechanisms();
        return new LoginSettings(
                localHost,
                transport.getSASLEnabled(),
                transport.getSASLRealm(),
                mechanisms == null ? List.of() : List.of(mechanisms),
                transport.getAuthorizationId(),
                transport.getNTLMDomain(),
                transport.getStartTLS(),
                transport.getRequireStartTLS(),
                transport.getUseCanonicalHostName(),
                transport.getUseRset(),
                transport.getNoopStrict());
    }

    /**
     * Sets a transport object to these settings.
     *
     * @param transport the object
     */
    public void applyTo(SMTPTransport transport) {
        if (localHost != null) {
            transport.setLocalHost(localHost);
        }
        transport.setSASLEnabled(saslEnabled);
        transport.setSASLRealm(saslRealm);
        transport.setSASLMechanisms(saslMechanisms.toArray(new String[0]));
        transport.setAuthorizationID(authorizationId);
        transport.setNTLMDomain(ntlmDomain);
        transport.setStartTLS(startTls);
        transport.setRequireStartTLS(requireStartTls);
        transport.setUseCanonicalHostName(canonicalHostName);
        transport.setUseRset(useRset);
        transport.setNoopStrict(noopStrict);
    }

    /** By hand, as in AccountId: what is generated keeps an undeployed application's class loader on JDK 17. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LoginSettings that
                && saslEnabled == that.saslEnabled
                && startTls == that.startTls
                && requireStartTls == that.requireStartTls
                && canonicalHostName == that.canonicalHostName
                && useRset == that.useRset
                && noopStrict == that.noopStrict
                && Objects.equals(localHost, that.localHost)
                && Objects.equals(saslRealm, that.saslRealm)
                && saslMechanisms.equals(that.saslMechanisms)
                && Objects.equals(authorizationId, that.authorizationId)
                && Objects.equals(ntlmDomain, that.ntlmDomain);
    }

    @Override
    public int hashCode() {
        // What hardly ever differs need not be in it.
        return 31 * Objects.hashCode(localHost) + Objects.hashCode(authorizationId);
    }
}
