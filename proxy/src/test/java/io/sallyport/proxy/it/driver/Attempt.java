package io.sallyport.proxy.it.driver;

/** One way of connecting: a driver's name of an SSL mode, where to, and whom to trust. */
record Attempt(String mode, String host, int port, String user, String ca) {
    String line() {
        return String.join(" ", mode, host, String.valueOf(port), user, ca);
    }
}
