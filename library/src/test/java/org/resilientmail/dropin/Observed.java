package org.resilientmail.dropin;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.TransportEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressSucceededException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * What an application and a server saw of one scenario. Immutable.
 *
 * @param thrown what the application caught, or {@code null}
 * @param events what its TransportListener heard
 * @param connectionEvents the types its ConnectionListener heard
 * @param lastResponse {@code getLastServerResponse()} afterwards
 * @param lastCode {@code getLastReturnCode()} afterwards
 * @param commands every session's commands, sizes of messages left out
 * @param bodies the content of the accepted messages, without what is different in each: Message-ID and Date
 */
record Observed(
        Exception thrown,
        List<TransportEvent> events,
        List<Integer> connectionEvents,
        String lastResponse,
        int lastCode,
        List<List<String>> commands,
        List<String> bodies) {

    static final List<Integer> ONE_PAIR = List.of(ConnectionEvent.OPENED, ConnectionEvent.CLOSED);

    /** {@return the three address arrays of what was thrown, {@code null} told from empty} */
    List<String> arrays() {
        return thrown instanceof SendFailedException e
                ? arrays(e.getValidSentAddresses(), e.getValidUnsentAddresses(), e.getInvalidAddresses())
                : List.of();
    }

    /** {@return type and arrays of every event} */
    List<Object> eventTexts() {
        List<Object> texts = new ArrayList<>();
        for (TransportEvent event : events) {
            texts.add(event.getType());
            texts.addAll(arrays(
                    event.getValidSentAddresses(), event.getValidUnsentAddresses(), event.getInvalidAddresses()));
        }
        return texts;
    }

    private static List<String> arrays(Address[] sent, Address[] unsent, Address[] invalid) {
        return List.of(
                "sent " + Arrays.toString(sent),
                "unsent " + Arrays.toString(unsent),
                "invalid " + Arrays.toString(invalid));
    }

    /** {@return Angus' own exceptions in the chain, each with what it tells; ours left out} */
    List<String> angusChain() {
        List<String> chain = new ArrayList<>();
        for (Exception e = thrown; e != null; e = e instanceof MessagingException m ? m.getNextException() : null) {
            if (!e.getClass().getName().startsWith("org.resilientmail.")) {
                chain.add(describe(e));
            }
        }
        return chain;
    }

    private static String describe(Exception e) {
        String name = e.getClass().getSimpleName();
        if (e instanceof SMTPAddressFailedException a) {
            return name + " " + a.getAddress() + " " + a.getCommand() + " " + a.getReturnCode() + " " + a.getMessage();
        }
        if (e instanceof SMTPAddressSucceededException a) {
            return name + " " + a.getAddress() + " " + a.getCommand() + " " + a.getReturnCode() + " " + a.getMessage();
        }
        if (e instanceof SMTPSenderFailedException a) {
            return name + " " + a.getAddress() + " " + a.getCommand() + " " + a.getReturnCode() + " " + a.getMessage();
        }
        if (e instanceof SMTPSendFailedException a) {
            return name + " " + a.getCommand() + " " + a.getReturnCode() + " " + a.getMessage();
        }
        // Each of the two servers has a port of its own.
        return name + " " + String.valueOf(e.getMessage()).replaceAll("port: \\d+", "port: n");
    }
}
