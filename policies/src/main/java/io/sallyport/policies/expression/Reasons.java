package io.sallyport.policies.expression;

import io.sallyport.policies.document.NearestWord;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong with an expression in the words of a policy, not of a compiler. */
final class Reasons {
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.]*");
    private static final Pattern OVERLOAD =
            Pattern.compile("found no matching overload for '_?(.*?)_?' applied to '(.*)' \\(candidates.*");
    private static final Pattern RESULT = Pattern.compile("expected type 'bool' but found '(.*)'");

    private Reasons() {}

    /** {@code line} counts from 1 and {@code column} from 0, as CEL counts them. */
    static String plain(String message, String text, int line, int column, Set<String> variables) {
        Matcher undeclared = UNDECLARED.matcher(message);
        if (undeclared.matches()) {
            String name = nameAt(text, line, column, undeclared.group(1));
            return "unknown name '" + name + "'" + NearestWord.hint(name, variables);
        }
        Matcher result = RESULT.matcher(message);
        if (result.matches()) {
            return "expected an expression that is true or false, found one of type " + result.group(1);
        }
        Matcher overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            return "'" + overload.group(1) + "' does not take " + overload.group(2);
        }
        if (message.contains("<EOF>")) {
            return "the expression ends too early";
        }
        int expecting = message.indexOf(" expecting {");
        return expecting < 0 ? message : message.substring(0, expecting) + ", which cannot stand here";
    }

    /** The whole of {@code statement.knd}, of which CEL names the first part. */
    private static String nameAt(String text, int line, int column, String part) {
        List<String> lines = text.lines().toList();
        if (line > lines.size() || column > lines.get(line - 1).length()) {
            return part;
        }
        Matcher name = NAME.matcher(lines.get(line - 1))
                .region(column, lines.get(line - 1).length());
        return name.lookingAt() && name.group().startsWith(part) ? name.group() : part;
    }
}
