package io.sallyport.proxy.config;

import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Says what is wrong with text that is not YAML, at the place where the YAML scanner stopped. */
final class YamlSyntaxProblem {
    private YamlSyntaxProblem() {}

    static ConfigProblem of(JacksonException e, String fileName) {
        if (e.getCause() instanceof MarkedYamlEngineException marked) {
            Mark mark = marked.getProblemMark().or(marked::getContextMark).orElse(null);
            String place = mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
            return problem(fileName + place, marked.getProblem());
        }
        TokenStreamLocation at = e.getLocation();
        String place = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
        return problem(fileName + place, e.getOriginalMessage());
    }

    private static ConfigProblem problem(String where, String message) {
        return new ConfigProblem(
                where,
                "not readable as YAML: " + message.lines().map(String::strip).collect(Collectors.joining(" ")));
    }
}
