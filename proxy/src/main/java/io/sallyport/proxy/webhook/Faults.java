package io.sallyport.proxy.webhook;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Why a receiver could not be reached, in words that never hold its address. */
final class Faults {
    private Faults() {}

    static String text(IOException fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "its name is not known";
            } else if (cause instanceof SSLException) {
                return "TLS: " + cause.getMessage();
            } else if (cause instanceof HttpTimeoutException) {
                return "no answer in time";
            }
        }
        return fault instanceof ConnectException
                ? "it cannot be connected to"
                : "the connection failed (" + fault.getClass().getSimpleName() + ")";
    }
}
