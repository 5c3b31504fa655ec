package io.sallyport.proxy.audit;

/**
 * Masks secrets in SQL text before it is written anywhere: the literals that follow a telling name (`PASSWORD '…'`,
 * `SET sallyport.token = …`, `password => '…'`), literals that carry one inside (connection strings), and every literal
 * of a row whose columns include one. When a reading is unsure, more is masked, up to the rest of the text.
 */
public final class SecretMask {
    static final String MASKED_LITERAL = "'***'";
    static final String MASKED = "***";
    private static final int DEEPEST_NESTING = 8;

    private final String text;
    private final SqlScanner scanner;
    private final int nesting;
    private final StringBuilder out;
    private final MaskState state = new MaskState();
    private int at;

    private SecretMask(String text, int nesting) {
        this.text = text;
        this.scanner = new SqlScanner(text);
        this.nesting = nesting;
        this.out = new StringBuilder(text.length() + 16);
    }

    public static String mask(String sql) {
        return mask(sql, 0);
    }

    private static String mask(String sql, int nesting) {
        if (!Secrets.mayContain(sql)) {
            return sql;
        }
        return nesting > DEEPEST_NESTING ? MASKED : new SecretMask(sql, nesting).run();
    }

    private String run() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (SqlScanner.isSpace(c)) {
                keepTo(scanner.spaceEnd(at));
            } else if (text.startsWith("--", at)) {
                comment(scanner.lineEnd(at), "-- ");
            } else if (text.startsWith("/*", at)) {
                comment(scanner.blockCommentEnd(at), "/* *** */");
            } else if (literalQuote(c) >= 0) {
                literal(literalQuote(c));
            } else if (c == '$' && !scanner.dollarTag(at).isEmpty()) {
                dollarLiteral(scanner.dollarTag(at));
            } else if (c == '"') {
                quotedName();
            } else if (SqlScanner.isWordPart(c)) {
                word();
            } else {
                state.punctuation(c);
                keepTo(at + 1);
            }
        }
        return out.toString();
    }

    /** Where the quote of a literal is that begins here (`'`, `E'`, `B'`, `X'`, `N'`, `U&'`), or -1. */
    private int literalQuote(char c) {
        if (c == '\'') {
            return at;
        }
        if ("eEbBxXnN".indexOf(c) >= 0 && scanner.charAt(at + 1) == '\'') {
            return at + 1;
        }
        boolean unicode = (c == 'u' || c == 'U') && scanner.charAt(at + 1) == '&' && scanner.charAt(at + 2) == '\'';
        return unicode ? at + 2 : -1;
    }

    private void literal(int quote) {
        boolean escapes = quote == at + 1 && "eE".indexOf(text.charAt(at)) >= 0;
        int end = scanner.quoteEnd(quote, escapes);
        // 'a\' ends here or goes on, depending on standard_conforming_strings, which is not known here.
        boolean unsure = !escapes && end != scanner.quoteEnd(quote, true);
        if (end == SqlScanner.OPEN || unsure) {
            maskRest();
            return;
        }
        String body = text.substring(quote + 1, end - 1);
        boolean masked = state.literalIsSecret() || Secrets.isInside(body);
        state.literal(Secrets.isName(body));
        replaceTo(end, masked ? MASKED_LITERAL : text.substring(at, end));
    }

    /** A body in dollars is code as a rule: what is not a secret as a whole is masked inside. */
    private void dollarLiteral(String tag) {
        int end = scanner.dollarEnd(at, tag);
        if (end == SqlScanner.OPEN) {
            maskRest();
            return;
        }
        String body = text.substring(at + tag.length(), end - tag.length());
        String kept = tag + mask(body, nesting + 1) + tag;
        boolean masked = state.literalIsSecret();
        state.literal(Secrets.isName(body));
        replaceTo(end, masked ? MASKED_LITERAL : kept);
    }

    private void quotedName() {
        int end = scanner.quoteEnd(at, false);
        if (end == SqlScanner.OPEN) {
            maskRest();
            return;
        }
        boolean masked = state.nameIsSecret();
        state.quotedName(text.substring(at + 1, end - 1));
        replaceTo(end, masked ? MASKED : text.substring(at, end));
    }

    private void word() {
        int end = scanner.wordEnd(at);
        boolean call = scanner.charAt(scanner.spaceEnd(end)) == '(';
        boolean masked = state.nameIsSecret();
        state.word(text.substring(at, end), call);
        replaceTo(end, masked ? MASKED : text.substring(at, end));
    }

    private void comment(int end, String replacement) {
        if (end == SqlScanner.OPEN) {
            maskRest();
        } else if (Secrets.mayContain(text.substring(at, end))) {
            replaceTo(end, replacement.startsWith("--") ? replacement + MASKED : replacement);
        } else {
            keepTo(end);
        }
    }

    private void maskRest() {
        replaceTo(text.length(), MASKED_LITERAL);
    }

    private void keepTo(int end) {
        out.append(text, at, end);
        at = end;
    }

    private void replaceTo(int end, String replacement) {
        out.append(replacement);
        at = end;
    }
}
