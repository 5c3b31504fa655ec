package io.sallyport.policies.analysis.structure;

import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.TokenMgrException;

/**
 * Parses one condition with JSqlParser, called directly: no executor, no time-out thread, no error recovery. Its answer can only make a reading
 * stricter; a text that it cannot parse keeps the reading of the tokens.
 */
public final class QueryReader {
    /** Beyond these a parse could cost the caller more than it is worth. */
    private static final int LONGEST = 32 * 1024;

    private static final int DEEPEST = 50;

    private QueryReader() {}

    /** Whether the condition holds for every row, whatever is in it. */
    public static boolean alwaysTrue(String condition) {
        if (condition.length() > LONGEST || depth(condition) > DEEPEST) {
            return false;
        }
        try {
            CCJSqlParser parser = new CCJSqlParser(condition);
            Expression expression = parser.Expression();
            boolean whole = parser.getNextToken().kind == CCJSqlParserConstants.EOF;
            return whole && Truth.of(expression) == Truth.ALWAYS;
        } catch (ParseException | TokenMgrException | StackOverflowError e) {
            return false;
        }
    }

    private static int depth(String condition) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < condition.length(); i++) {
            char c = condition.charAt(i);
            if (c == '(' || c == '[') {
                deepest = Math.max(deepest, ++depth);
            } else if (c == ')' || c == ']') {
                depth--;
            }
        }
        return deepest;
    }
}
