package io.sallyport.proxy.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Where a participant connects: the proxy, or the server behind it. */
record Endpoint(String host, int port) {

    /** A person's connection sends each statement as one Query, as psql does; a program's uses the extended protocol. */
    Connection connect(String user, String password, String database, boolean person) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", person ? "sallyport demo" : "shop");
        properties.setProperty("preferQueryMode", person ? "simple" : "extended");
        properties.setProperty("connectTimeout", "10");
        // Longer than anything that the script waits for on purpose: nothing hangs for ever.
        properties.setProperty("socketTimeout", "120");
        return DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/" + database, properties);
    }
}
