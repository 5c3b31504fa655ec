package io.sallyport.proxy.kept;

/** Kept rows cannot be brought back as they were: something has changed since, or would come out otherwise. Nothing was done. */
final class Drifted extends Exception {
    private static final long serialVersionUID = 1L;

    private final String keys;

    /** @param keys of the first few rows, or the server's words for them; empty where it is not about rows */
    Drifted(String why, String keys) {
        super(why);
        this.keys = keys;
    }

    /** Without values of anybody's. */
    String why() {
        return String.valueOf(getMessage());
    }

    String told() {
        return keys.isEmpty() ? why() : why() + ": " + keys;
    }
}
