package io.sallyport.proxy.it.evasion;

import static io.sallyport.proxy.it.evasion.Wire.BIND;
import static io.sallyport.proxy.it.evasion.Wire.EXECUTE;
import static io.sallyport.proxy.it.evasion.Wire.FLUSH;
import static io.sallyport.proxy.it.evasion.Wire.SYNC;
import static io.sallyport.proxy.it.evasion.Wire.parse;
import static io.sallyport.proxy.it.evasion.Wire.runs;

import io.sallyport.proxy.it.wire.Frontend;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Destruction taken apart into messages: names, portals, pipelines, flushes. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExtendedProtocolEvasionIT {
    private static final String DELETE = "DELETE FROM t";

    private final Stage stage = new Stage();
    private final Trial trial = new Trial(stage);

    @AfterAll
    void close() {
        stage.close();
    }

    @TestFactory
    Stream<DynamicTest> nothing_is_destroyed_message_by_message() {
        Map<String, Consumer<Intruder>> attacks = new LinkedHashMap<>();
        names(attacks);
        pipelines(attacks);
        flushes(attacks);
        parameters(attacks);
        return attacks.entrySet().stream()
                .map(attack -> DynamicTest.dynamicTest(
                        attack.getKey(),
                        () -> trial.of((intruder, unused) -> attack.getValue().accept(intruder), Outcome.HELD)));
    }

    private static void names(Map<String, Consumer<Intruder>> attacks) {
        attacks.put("the unnamed statement", intruder -> intruder.synced(runs(DELETE), SYNC));
        attacks.put(
                "a named statement and a named portal",
                intruder -> intruder.synced(
                        Frontend.parse("s", DELETE), Frontend.bind("p", "s"), Frontend.execute("p", 0), SYNC));
        attacks.put("a named statement, bound later", intruder -> {
            intruder.synced(Frontend.parse("s", DELETE), SYNC);
            intruder.synced(Frontend.bind("", "s"), EXECUTE, SYNC);
        });
        attacks.put("a described statement, bound later", intruder -> {
            intruder.synced(Frontend.parse("s", DELETE + " RETURNING *"), Frontend.describeStatement("s"), SYNC);
            intruder.synced(Frontend.bind("", "s"), Frontend.describePortal(""), EXECUTE, SYNC);
        });
        attacks.put("a statement of the protocol, executed by SQL", intruder -> {
            intruder.synced(Frontend.parse("s", DELETE), SYNC);
            intruder.synced(Frontend.query("EXECUTE s"));
        });
        attacks.put("a statement of SQL, bound by the protocol", intruder -> {
            intruder.synced(Frontend.query("PREPARE s AS " + DELETE));
            intruder.synced(Frontend.bind("", "s"), EXECUTE, SYNC);
        });
        attacks.put("a name that gets another text", intruder -> {
            intruder.synced(Frontend.parse("s", "SELECT 1"), Frontend.bind("", "s"), EXECUTE, SYNC);
            intruder.synced(Frontend.closeStatement("s"), SYNC);
            intruder.synced(Frontend.parse("s", DELETE), Frontend.bind("", "s"), EXECUTE, SYNC);
        });
        attacks.put("a name that gets another text by SQL", intruder -> {
            intruder.synced(Frontend.parse("s", "SELECT 1"), SYNC);
            intruder.synced(Frontend.query("DEALLOCATE s; PREPARE s AS " + DELETE));
            intruder.synced(Frontend.bind("", "s"), EXECUTE, SYNC);
        });
        attacks.put("a name freed by DISCARD ALL", intruder -> {
            intruder.synced(Frontend.parse("s", "SELECT 1"), SYNC);
            intruder.synced(Frontend.query("DISCARD ALL"));
            intruder.synced(Frontend.parse("s", DELETE), Frontend.bind("", "s"), EXECUTE, SYNC);
        });
        attacks.put("a Close whose transaction is rolled back", intruder -> {
            intruder.synced(Frontend.parse("s", DELETE), SYNC);
            intruder.synced(Frontend.query("BEGIN"));
            intruder.synced(Frontend.closeStatement("s"), SYNC);
            intruder.synced(Frontend.query("ROLLBACK"));
            intruder.synced(Frontend.parse("s", DELETE), Frontend.bind("", "s"), EXECUTE, SYNC);
        });
        attacks.put("a Parse that fails leaves the old text", intruder -> {
            intruder.synced(Frontend.parse("s", DELETE), SYNC);
            intruder.synced(Frontend.parse("s", "SELECT 1"), SYNC);
            intruder.synced(Frontend.bind("", "s"), EXECUTE, SYNC);
        });
        attacks.put("EXPLAIN ANALYZE of a named statement", intruder -> {
            intruder.synced(Frontend.parse("s", DELETE), SYNC);
            intruder.synced(Frontend.query("EXPLAIN ANALYZE EXECUTE s"));
        });
        attacks.put("a portal of FETCH", intruder -> {
            intruder.synced(Frontend.query("BEGIN"));
            intruder.synced(Frontend.parse("s", DELETE + " RETURNING *"), Frontend.bind("p", "s"), SYNC);
            intruder.synced(Frontend.query("FETCH ALL FROM p"));
            intruder.synced(Frontend.query("COMMIT"));
        });
    }

    private static void pipelines(Map<String, Consumer<Intruder>> attacks) {
        attacks.put(
                "behind a harmless statement, one Sync",
                intruder -> intruder.synced(runs("SELECT 1"), runs(DELETE), SYNC));
        attacks.put(
                "ahead of a harmless statement, one Sync",
                intruder -> intruder.synced(runs(DELETE), runs("SELECT 1"), SYNC));
        attacks.put("behind an error that a Sync ends", intruder -> {
            intruder.synced(runs("SELECT 1/0"), SYNC);
            intruder.synced(runs(DELETE), SYNC);
        });
        attacks.put("in a transaction of messages", intruder -> {
            intruder.synced(runs("BEGIN"), SYNC);
            intruder.synced(runs(DELETE), SYNC);
            intruder.synced(runs("COMMIT"), SYNC);
        });
        attacks.put(
                "with BEGIN and COMMIT in one pipeline",
                intruder -> intruder.synced(runs("BEGIN"), runs(DELETE), runs("COMMIT"), SYNC));
        attacks.put("in front of a Query", intruder -> {
            intruder.flushed('D', runs(DELETE), Frontend.query("SELECT 1; COMMIT"));
            intruder.synced(SYNC);
        });
        attacks.put(
                "bound before the unnamed statement is replaced",
                intruder -> intruder.synced(
                        parse(DELETE),
                        Frontend.bind("p", ""),
                        parse("SELECT 1"),
                        BIND,
                        EXECUTE,
                        Frontend.execute("p", 0),
                        SYNC));
        attacks.put("a portal that is executed later in the transaction", intruder -> {
            intruder.synced(runs("BEGIN"), SYNC);
            intruder.synced(parse(DELETE), Frontend.bind("p", ""), SYNC);
            intruder.synced(Frontend.execute("p", 0), SYNC);
            intruder.synced(runs("COMMIT"), SYNC);
        });
        attacks.put("a suspended portal", intruder -> {
            intruder.synced(runs("BEGIN"), SYNC);
            intruder.synced(parse(DELETE + " RETURNING *"), Frontend.bind("p", ""), Frontend.execute("p", 1), SYNC);
            intruder.synced(Frontend.execute("p", 0), SYNC);
            intruder.synced(runs("COMMIT"), SYNC);
        });
        attacks.put("a hundred in a row", intruder -> {
            byte[][] messages = new byte[101][];
            for (int i = 0; i < 100; i++) {
                messages[i] = runs(i == 57 ? DELETE : "SELECT " + i);
            }
            messages[100] = SYNC;
            intruder.synced(messages);
        });
    }

    private static void flushes(Map<String, Consumer<Intruder>> attacks) {
        attacks.put("flushed, and synced later", intruder -> {
            intruder.flushed('1', parse(DELETE), FLUSH);
            intruder.flushed('2', BIND, FLUSH);
            intruder.flushed('C', EXECUTE, FLUSH);
            intruder.synced(SYNC);
        });
        attacks.put("flushed whole, and synced later", intruder -> {
            intruder.flushed('C', runs(DELETE), FLUSH);
            intruder.synced(SYNC);
        });
        attacks.put("behind a flushed SET of the strings' reading", intruder -> {
            intruder.flushed('C', runs("SET standard_conforming_strings = off"), FLUSH);
            intruder.synced(runs("DELETE FROM t WHERE b = '\\' AND b = ' OR true --'"), SYNC);
        });
        attacks.put(
                "behind a pipelined SET of the strings' reading",
                intruder -> intruder.synced(
                        runs("SET standard_conforming_strings = off"),
                        runs("DELETE FROM t WHERE b = '\\' AND b = ' OR true --'"),
                        SYNC));
        attacks.put("flushed in a transaction", intruder -> {
            intruder.flushed('C', runs("BEGIN"), FLUSH);
            intruder.flushed('C', runs(DELETE), FLUSH);
            intruder.flushed('C', runs("COMMIT"), FLUSH);
            intruder.synced(SYNC);
        });
    }

    private static void parameters(Map<String, Consumer<Intruder>> attacks) {
        attacks.put(
                "a parameter as the condition",
                intruder -> intruder.synced(
                        parse("DELETE FROM t WHERE 1 = $1"), Frontend.bind("", "", "1"), EXECUTE, SYNC));
        attacks.put(
                "a boolean parameter",
                intruder -> intruder.synced(
                        parse("DELETE FROM t WHERE $1::boolean"), Frontend.bind("", "", "t"), EXECUTE, SYNC));
        attacks.put(
                "a parameter beside the condition",
                intruder -> intruder.synced(
                        parse("DELETE FROM t WHERE id = 1 OR $1"), Frontend.bind("", "", "true"), EXECUTE, SYNC));
        attacks.put(
                "an update with parameters",
                intruder ->
                        intruder.synced(parse("UPDATE t SET b = $1"), Frontend.bind("", "", "gone"), EXECUTE, SYNC));
        attacks.put(
                "a DO block as a message", intruder -> intruder.synced(runs("DO 'BEGIN DELETE FROM t; END'"), SYNC));
    }
}
