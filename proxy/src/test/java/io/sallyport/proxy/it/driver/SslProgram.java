package io.sallyport.proxy.it.driver;

import java.util.List;
import java.util.stream.Collectors;

/** A driver of another language, and the names that it gives to the ways of using TLS. */
enum SslProgram {
    PSYCOPG2(DriverProgram.PSYCOPG2, "ssl_modes.py", "psycopg2", SslProgram.LIBPQ),
    PSYCOPG3(DriverProgram.PSYCOPG3, "ssl_modes.py", "psycopg", SslProgram.LIBPQ),
    ASYNCPG(DriverProgram.ASYNCPG, "ssl_modes.py", "asyncpg", SslProgram.LIBPQ),
    NODE_POSTGRES(DriverProgram.NODE, "ssl_modes.js", "pg", "disable unverified verify"),
    POSTGRES_JS(DriverProgram.NODE, "ssl_modes.js", "postgres", "disable allow prefer require unverified verify");

    private static final String LIBPQ = "disable allow prefer require verify-ca verify-full";

    private final DriverProgram driver;
    private final String file;
    private final String module;
    private final String modes;

    SslProgram(DriverProgram driver, String file, String module, String modes) {
        this.driver = driver;
        this.file = file;
        this.module = module;
        this.modes = modes;
    }

    void assumeInstalled() {
        driver.assumeInstalled();
    }

    List<String> modes() {
        return List.of(modes.split(" ", -1));
    }

    /** What came of each, in order. */
    List<String> enter(List<Attempt> attempts) {
        String input = attempts.stream().map(Attempt::line).collect(Collectors.joining("\n", "", "\n"));
        return driver.runOther(file, module, input).out().lines().toList();
    }
}
