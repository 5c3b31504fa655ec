package io.sallyport.proxy.it.evasion;

/** What an intruder does, the same against the server and against the proxy. */
@FunctionalInterface
interface Attack {
    void play(Intruder intruder, Stage stage);
}
