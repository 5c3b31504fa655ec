package io.sallyport.proxy.token.screen;

import io.sallyport.proxy.token.TokenSecret;
import org.jspecify.annotations.Nullable;

/**
 * What was found in one text.
 *
 * @param forSession a token that SET or set_config presents
 * @param forStatement a token in a comment
 * @param reset whether a token that was presented before is taken back
 * @param problem null where all is well; else nothing of the text may run
 */
public record Screening(
        @Nullable TokenSecret forSession,
        @Nullable TokenSecret forStatement,
        boolean reset,
        @Nullable Problem problem) {
    public static final Screening NOTHING = new Screening(null, null, false, null);

    /** Why a text with a token in it is refused. */
    public enum Problem {
        MALFORMED(
                "malformed",
                "sallyport.token: this is no approval token, or one with a typing error",
                "A token is " + TokenSecret.FORM + ", the last one of which checks the others."),
        LOCAL(
                "misplaced",
                "sallyport.token can only be set for the session",
                "Use SET sallyport.token = '…', or the token in a comment before the statement."),
        UNQUOTED(
                "misplaced",
                "sallyport.token: the token must stand in plain single quotes",
                "Use SET sallyport.token = '…'."),
        MISPLACED(
                "misplaced",
                "an approval token stands where it does not belong",
                "It was kept from the server. Present it by SET sallyport.token = '…', by PGOPTIONS, or in a comment"
                        + " /* sallyport.token=… */ at the beginning.");

        private final String label;
        private final String message;
        private final String hint;

        Problem(String label, String message, String hint) {
            this.label = label;
            this.message = message;
            this.hint = hint;
        }

        /** As audit and metrics call it. */
        public String label() {
            return label;
        }

        public String message() {
            return message;
        }

        public String hint() {
            return hint;
        }
    }
}
