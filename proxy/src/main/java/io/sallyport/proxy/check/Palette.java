package io.sallyport.proxy.check;

import io.sallyport.policies.decision.Decision;

/** Colours for a terminal (ECMA-48, SGR), or none. */
public enum Palette {
    PLAIN,
    COLOURED;

    String decision(Decision decision) {
        return switch (decision) {
            case ALLOW -> painted("32", decision.label());
            case DELAY, CONFIRM -> painted("33", decision.label());
            case HOLD -> painted("1;33", decision.label());
            case DENY -> painted("1;31", decision.label());
        };
    }

    String place(String text) {
        return painted("1", text);
    }

    String underline(String text) {
        return painted("31", text);
    }

    String aside(String text) {
        return painted("2", text);
    }

    private String painted(String code, String text) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
