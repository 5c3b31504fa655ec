package io.sallyport.policies.document;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** Tells where a scalar's value begins in its file, so that a place inside the value is a place in the file. */
final class VerbatimText {
    private VerbatimText() {}

    /** Null unless every line of the value is found where it should be. */
    static @Nullable Position begin(List<String> lines, Position scalar, ScalarStyle style, String value) {
        Position begin = supposed(lines, scalar, style);
        List<String> parts = value.lines().toList();
        for (int i = 0; i < parts.size(); i++) {
            int line = begin.line() - 1 + i;
            int column = begin.column() - 1;
            boolean blank = parts.get(i).isBlank();
            if (!blank && (line >= lines.size() || !lines.get(line).startsWith(parts.get(i), column))) {
                return null;
            }
        }
        return begin;
    }

    private static Position supposed(List<String> lines, Position scalar, ScalarStyle style) {
        return switch (style) {
            case PLAIN, JSON_SCALAR_STYLE -> scalar;
            case SINGLE_QUOTED, DOUBLE_QUOTED -> new Position(scalar.file(), scalar.line(), scalar.column() + 1);
            // The text begins in the line behind the sign | or >.
            case LITERAL, FOLDED -> new Position(scalar.file(), scalar.line() + 1, 1 + indent(lines, scalar.line()));
        };
    }

    private static int indent(List<String> lines, int from) {
        for (int i = from; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank()) {
                return line.length() - line.stripLeading().length();
            }
        }
        return 0;
    }
}
