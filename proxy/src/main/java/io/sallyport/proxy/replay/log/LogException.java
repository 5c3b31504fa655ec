package io.sallyport.proxy.replay.log;

/** A log cannot be read at all; the message is for people and names the file. */
public final class LogException extends Exception {
    private static final long serialVersionUID = 1L;

    public LogException(String message) {
        super(message);
    }

    public LogException(String message, Throwable cause) {
        super(message, cause);
    }
}
