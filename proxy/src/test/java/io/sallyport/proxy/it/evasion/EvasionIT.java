package io.sallyport.proxy.it.evasion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Every spelling of destruction that we could think of, by a role that owns all it destroys, under the built-in policy. */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EvasionIT {
    private static final List<String> FILES = List.of(
            "whole-table", "always-true", "drops", "alters", "hidden", "lexer", "sessions", "functions", "beyond-text");

    private final Stage stage = new Stage();
    private final Trial trial = new Trial(stage);

    @AfterAll
    void close() {
        stage.close();
    }

    @TestFactory
    Stream<DynamicNode> nothing_is_destroyed_without_approval() {
        return FILES.stream().map(file -> DynamicContainer.dynamicContainer(file, groups(file)));
    }

    private Stream<DynamicNode> groups(String file) {
        return EvasionFile.read(file).entrySet().stream()
                .map(group -> DynamicContainer.dynamicContainer(
                        group.getKey(), group.getValue().stream().map(this::test)));
    }

    private DynamicTest test(EvasionCase evasion) {
        return DynamicTest.dynamicTest(evasion.name(), () -> trial.of(evasion::play, evasion.outcome()));
    }

    @Test
    void there_are_hundreds_of_cases() {
        List<EvasionCase> cases = FILES.stream()
                .map(EvasionFile::read)
                .map(Map::values)
                .flatMap(groups -> groups.stream().flatMap(List::stream))
                .toList();
        assertThat(cases).hasSizeGreaterThan(600);
    }
}
