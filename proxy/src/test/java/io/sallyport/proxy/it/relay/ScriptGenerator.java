package io.sallyport.proxy.it.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.proxy.it.wire.Frontend;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random but valid conversations: each step is a pipeline that ends where the server is ready again. There is no
 * DELETE in them, and nothing whose answer depends on time, process or object ids.
 */
final class ScriptGenerator {
    private final Random random;

    ScriptGenerator(long seed) {
        random = new Random(seed);
    }

    List<byte[]> script(int steps) {
        List<byte[]> script = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            script.add(step());
        }
        script.add(Frontend.terminate());
        return script;
    }

    private byte[] step() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> Frontend.query(simple());
            case 2 -> Frontend.query(plain() + "; " + plain());
            case 3 -> copyIn();
            case 4 -> copyInExtended();
            case 5 -> Frontend.join(Frontend.copyDone(), Frontend.copyFail("stray"), Frontend.query(simple()));
            default -> pipeline();
        };
    }

    /** EXECUTE stands alone: for a name it does not know the proxy refuses the whole string, the server its rest. */
    private String simple() {
        return random.nextInt(8) == 0 ? "EXECUTE " + pick("sql_" + digit(), "named_" + digit() + "('1')") : plain();
    }

    private String plain() {
        return pick(
                "SELECT " + random.nextInt(100),
                "SELECT i, s FROM t ORDER BY i, s LIMIT " + random.nextInt(20),
                "INSERT INTO t VALUES (" + random.nextInt(50) + ", 'row')",
                "UPDATE t SET s = s || '!' WHERE i = " + random.nextInt(50),
                "BEGIN",
                "COMMIT",
                "ROLLBACK",
                "SAVEPOINT a",
                "ROLLBACK TO a",
                "SELECT 1/0",
                "SELEC",
                "",
                "COPY (SELECT generate_series(1, " + random.nextInt(30) + ")) TO STDOUT",
                "DO $$ BEGIN RAISE NOTICE 'n%'; END $$".replace('%', digit()),
                "SET application_name = 'n" + digit() + "'",
                "PREPARE sql_" + digit() + " AS SELECT 'prepared'",
                "DEALLOCATE ALL",
                "DECLARE cur CURSOR FOR SELECT generate_series(1, 9)",
                "FETCH 2 FROM cur",
                "SELECT repeat('long ', " + random.nextInt(20_000) + ")");
    }

    private byte[] pipeline() {
        List<byte[]> messages = new ArrayList<>();
        for (int left = 1 + random.nextInt(6); left > 0; left--) {
            messages.add(extended());
        }
        messages.add(Frontend.sync());
        return Frontend.join(messages.toArray(byte[][]::new));
    }

    private byte[] extended() {
        String name = pick("", "named_0", "named_1", "named_2");
        String portal = pick("", "portal_0", "portal_1");
        // In a failed transaction Execute of the unnamed portal that a failed Query left behind crashes PostgreSQL
        // 18.6.
        String namedPortal = pick("portal_0", "portal_1");
        return switch (random.nextInt(9)) {
            case 0, 1 ->
                Frontend.join(
                        Frontend.parse(
                                name,
                                pick(
                                        "SELECT $1::int + 1",
                                        "INSERT INTO t VALUES ($1::int, 'p')",
                                        "SELECT g FROM generate_series(1, 9) g WHERE g > $1::int",
                                        "SELEC")),
                        Frontend.bind(portal, name, pick("1", "2", "x")),
                        Frontend.execute(portal, random.nextInt(4)));
            case 2 -> Frontend.parse(name, "SELECT $1::text");
            case 3 -> Frontend.bind(portal, name, "7");
            case 4 -> Frontend.execute(namedPortal, random.nextInt(3));
            case 5 -> random.nextBoolean() ? Frontend.describeStatement(name) : Frontend.describePortal(namedPortal);
            case 6 -> random.nextBoolean() ? Frontend.closeStatement(name) : Frontend.closePortal(portal);
            case 7 -> Frontend.flush();
            default -> random.nextInt(4) == 0 ? Frontend.query(simple()) : Frontend.sync();
        };
    }

    private byte[] copyIn() {
        return Frontend.join(Frontend.query("COPY t FROM STDIN"), copyData(), copyEnd());
    }

    private byte[] copyInExtended() {
        return Frontend.join(
                Frontend.parse("", "COPY t FROM STDIN"),
                Frontend.bind("", ""),
                Frontend.execute("", 0),
                copyData(),
                copyEnd(),
                Frontend.sync());
    }

    private byte[] copyData() {
        String row = pick("1\tone\n", "2\t\\N\n", "bad\tbad\n", "drop table t;\n", "3\tthree\n4\tfour\n");
        return Frontend.copyData(row.getBytes(UTF_8));
    }

    private byte[] copyEnd() {
        return random.nextInt(4) == 0 ? Frontend.copyFail("enough") : Frontend.copyDone();
    }

    private char digit() {
        return (char) ('0' + random.nextInt(3));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
