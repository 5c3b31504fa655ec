package io.sallyport.proxy.it.evasion;

/**
 * How an attack has to end at the proxy.
 *
 * @param expected {@code held} or an SQLSTATE; {@code passes} for what no text shows and the threat model lists
 */
record Outcome(String expected) {
    static final Outcome HELD = new Outcome("held");

    boolean isLoss() {
        return expected.equals("passes");
    }
}
