package io.sallyport.proxy.demo;

import java.sql.SQLException;

/** A part of the script: people at their terminals, and what must come of it. */
interface Scene {
    String title();

    void play(Stage stage) throws Checks.Unmet, SQLException, InterruptedException;
}
