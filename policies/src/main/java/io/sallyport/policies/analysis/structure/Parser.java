package io.sallyport.policies.analysis.structure;

import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.parser.AbstractJSqlParser.Dialect;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.statement.Statement;
import org.jspecify.annotations.Nullable;

/** JSqlParser, called directly: no executor, no time-out thread, no error recovery, no unsupported statements. */
final class Parser {
    private interface Production<T> {
        T read(CCJSqlParser parser) throws ParseException;
    }

    private Parser() {}

    static @Nullable Expression expression(String canonical) {
        return whole(canonical, CCJSqlParser::Expression);
    }

    static @Nullable Statement statement(String canonical) {
        return whole(canonical, CCJSqlParser::SingleStatement);
    }

    /** null when the parser does not take the whole text. */
    private static <T> @Nullable T whole(String canonical, Production<T> production) {
        try {
            CCJSqlParser parser = new CCJSqlParser(canonical).withDialect(Dialect.POSTGRESQL);
            T read = production.read(parser);
            return parser.getNextToken().kind == CCJSqlParserConstants.EOF ? read : null;
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            return null;
        }
    }
}
