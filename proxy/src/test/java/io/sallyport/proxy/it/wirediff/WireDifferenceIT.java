package io.sallyport.proxy.it.wirediff;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.OlderBinaries;
import io.sallyport.proxy.it.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every script of {@code /wire} gets through the proxy, byte for byte, what it gets from the server: observing, with
 * rules that allow it, and, where it does nothing that is held, with the built-in policy. {@code -Dwire.only=TEXT} plays those
 * whose name contains the text. The older servers hear each script once, through rules that allow it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WireDifferenceIT {
    private static final int NEWEST = 18;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterAll
    void closes() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void there_are_many_scripts_each_with_a_name_of_its_own() {
        assertThat(WireFile.all()).hasSizeGreaterThanOrEqualTo(150);
        assertThat(WireFile.all()).extracting(WireScript::name).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicContainer> the_proxy_is_as_if_it_were_not_there() {
        return Stream.concat(Stream.of(NEWEST), OlderBinaries.majors().stream())
                .filter(major -> major >= Integer.getInteger("wire.since", 0))
                .map(major -> DynamicContainer.dynamicContainer("PostgreSQL " + major, scripts(major)));
    }

    private Stream<DynamicTest> scripts(int major) {
        WireStage stage = stage(major);
        String only = System.getProperty("wire.only", "");
        return WireFile.all().stream()
                .filter(script -> script.suits(major) && script.name().contains(only))
                .map(script -> DynamicTest.dynamicTest(script.name(), () -> compare(script, stage, major == NEWEST)));
    }

    private WireStage stage(int major) {
        TestServer server = TestServer.shared();
        if (major != NEWEST) {
            server = TestServer.start(OlderBinaries.of(major));
            opened.add(server);
        }
        WireStage stage = new WireStage(server);
        opened.add(stage);
        return stage;
    }

    private static void compare(WireScript script, WireStage stage, boolean everyMode) {
        List<String> direct = ScriptRun.play(script, stage, stage.direct());
        compare(script, "allowing", direct, ScriptRun.play(script, stage, stage.allowing()));
        if (everyMode) {
            compare(script, "observing", direct, ScriptRun.play(script, stage, stage.observing()));
        }
        if (everyMode && !script.acts()) {
            compare(script, "built-in policy", direct, ScriptRun.play(script, stage, stage.builtIn()));
        }
    }

    private static void compare(WireScript script, String how, List<String> direct, List<String> through) {
        if (script.refused().isEmpty()) {
            compare(how, direct, through);
        } else {
            assertThat(through)
                    .as(how)
                    .isNotEqualTo(direct)
                    .anyMatch(text -> text.contains("|C" + script.refused() + "|"));
        }
    }

    private static void compare(String how, List<String> direct, List<String> through) {
        for (int i = 0; i < direct.size(); i++) {
            assertThat(i < through.size() ? through.get(i) : "nothing")
                    .as("%s: message %d, behind %s", how, i, direct.subList(Math.max(0, i - 3), i))
                    .isEqualTo(direct.get(i));
        }
        assertThat(through).as(how).hasSameSizeAs(direct);
    }
}
