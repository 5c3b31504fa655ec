package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.SettingChange.Scope;
import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.Set;

/** The functions that a definition calls or ties to an object, and the settings that it attaches to one. */
final class DefinitionReader {
    /** Parts of CREATE AGGREGATE, OPERATOR, TYPE, TEXT SEARCH … whose value is a function (pg_aggregate.c, operatorcmds.c, typecmds.c, tsearchcmds.c). */
    private static final Set<String> FUNCTION_PARTS = Set.of(
            "analyze",
            "canonical",
            "combinefunc",
            "deserialfunc",
            "end",
            "finalfunc",
            "function",
            "gettoken",
            "headline",
            "init",
            "initfunc",
            "input",
            "invfunc",
            "join",
            "lexize",
            "lextypes",
            "mfinalfunc",
            "minvfunc",
            "msfunc",
            "output",
            "procedure",
            "receive",
            "restrict",
            "send",
            "serialfunc",
            "sfunc",
            "sfunc1",
            "start",
            "subscript",
            "subtype_diff",
            "typmod_in",
            "typmod_out");

    private final TokenList tokens;
    private final Draft draft;

    DefinitionReader(TokenList tokens, Draft draft) {
        this.tokens = tokens;
        this.draft = draft;
    }

    /** Behind the object's type in CREATE and ALTER. */
    void read(ObjectType type, int from, int to) {
        switch (type) {
            case TABLE, FOREIGN_TABLE, DOMAIN, STATISTICS -> expressions(from, to);
            case PUBLICATION -> rowFilters(from, to);
            case POLICY -> expressionsBehind(Keyword.ON, from, to);
            case INDEX -> index(from, to);
            case VIEW -> {
                // ALTER VIEW … SET DEFAULT; a CREATE VIEW is read as its query.
                if (draft.kind() == StatementKind.ALTER_VIEW) {
                    expressions(from, to);
                }
            }
            case FUNCTION, PROCEDURE, ROUTINE -> routine(from, to);
            case AGGREGATE, OPERATOR, TYPE, TEXT_SEARCH_PARSER, TEXT_SEARCH_TEMPLATE -> parts(from, to);
            case CAST, TRANSFORM, OPERATOR_CLASS, OPERATOR_FAMILY, LANGUAGE, ACCESS_METHOD, FOREIGN_DATA_WRAPPER ->
                functions(from, to);
            case CONVERSION -> conversion(from, to);
            default -> {}
        }
    }

    /** Everything behind the object's own name: its columns' parenthesis is no call. */
    private void expressions(int from, int to) {
        int i = from;
        while (i < to && !tokens.is(i, TokenKind.LEFT_PARENTHESIS) && !startsExpressions(i)) {
            i++;
        }
        FunctionCalls.scan(tokens, draft, i, to);
    }

    private boolean startsExpressions(int i) {
        return switch (tokens.keyword(i)) {
            case DEFAULT, CHECK, SET, ALTER, FOR, WHERE, ON -> true;
            default -> false;
        };
    }

    /** A publication's tables have columns and WHERE in parentheses. */
    private void rowFilters(int from, int to) {
        Walker walker = new Walker(tokens, from, to);
        while (walker.seek(Keyword.WHERE)) {
            walker.skip();
            int open = walker.at();
            if (walker.takeGroup()) {
                FunctionCalls.scan(tokens, draft, open, walker.at());
            }
        }
    }

    private void expressionsBehind(Keyword keyword, int from, int to) {
        Walker walker = new Walker(tokens, from, to);
        walker.seek(keyword);
        walker.skip();
        FunctionCalls.scan(tokens, draft, walker.at(), to);
    }

    /** The parenthesis behind the table or the access method holds the keys. */
    private void index(int from, int to) {
        Walker walker = new Walker(tokens, from, to);
        while (!walker.atEnd() && !walker.sees(TokenKind.LEFT_PARENTHESIS)) {
            walker.skip();
        }
        FunctionCalls.scan(tokens, draft, walker.at(), to);
    }

    /** Defaults of arguments; SET and RESET; SUPPORT. The body is not read here. */
    private void routine(int from, int to) {
        Walker walker = new Walker(tokens, FunctionCalls.lastOfName(tokens, from) + 1, to);
        if (walker.sees(TokenKind.LEFT_PARENTHESIS)) {
            FunctionCalls.scan(tokens, draft, walker.at(), tokens.partner(walker.at()));
        }
        SettingReader settings = new SettingReader(tokens, draft);
        while (!walker.atEnd() && !walker.sees(Keyword.BEGIN)) {
            if (walker.takeWord("support")) {
                function(walker.at());
            } else if (movesSchema(walker)) {
                walker.skip();
            } else if (!settings.change(walker, Scope.ROUTINE) && !walker.takeGroup()) {
                walker.skip();
            }
        }
    }

    /** ALTER FUNCTION … SET SCHEMA name, which is no setting. */
    private boolean movesSchema(Walker walker) {
        return walker.sees(Keyword.SET)
                && tokens.is(walker.at() + 1, Keyword.SCHEMA)
                && Walker.isWord(tokens.kind(walker.at() + 2))
                && !tokens.is(walker.at() + 2, Keyword.TO);
    }

    /** {@code (part = function, …)}; the server takes a literal for a name too (define.c, defGetQualifiedName). */
    private void parts(int from, int to) {
        for (int i = from; i < to; i++) {
            if (tokens.isOperator(i, "=")
                    && Walker.isWord(tokens.kind(i - 1))
                    && FUNCTION_PARTS.contains(tokens.name(i - 1))) {
                function(i + 1);
            }
        }
    }

    /** {@code FUNCTION [number [(types)]] name}, {@code WITH FUNCTION name}, HANDLER, INLINE and VALIDATOR. */
    private void functions(int from, int to) {
        Walker walker = new Walker(tokens, from, to);
        while (!walker.atEnd()) {
            if (walker.take(Keyword.FUNCTION) || walker.take(Keyword.PROCEDURE)) {
                if (walker.take(TokenKind.NUMBER)) {
                    walker.takeGroup();
                }
                function(walker.at());
            } else if (walker.takeWord("handler") || walker.takeWord("inline") || walker.takeWord("validator")) {
                function(walker.at());
            } else {
                walker.skip();
            }
        }
    }

    private void conversion(int from, int to) {
        Walker walker = new Walker(tokens, from, to);
        if (walker.seek(Keyword.FROM)) {
            function(walker.at() + 1);
        }
    }

    private void function(int i) {
        if (tokens.isString(i)) {
            draft.calls(tokens.string(i));
        } else if (Walker.isWord(tokens.kind(i)) && !tokens.is(i, Keyword.NONE)) {
            draft.calls(FunctionCalls.joined(tokens, i, FunctionCalls.lastOfName(tokens, i)));
        }
    }
}
