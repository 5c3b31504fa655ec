package io.sallyport.proxy.demo;

/** The steps that must be as told. The first that is not ends the play: what follows it would mean nothing. */
final class Checks {

    /** A step that was not as it must be. */
    static final class Unmet extends Exception {
        private static final long serialVersionUID = 1;

        Unmet(String expected, String seen) {
            super("expected: " + expected + "\nseen:     " + seen);
        }
    }

    private final Transcript transcript;
    private int met;

    Checks(Transcript transcript) {
        this.transcript = transcript;
    }

    void must(boolean asExpected, String expected, String seen) throws Unmet {
        if (!asExpected) {
            throw new Unmet(expected, seen);
        }
        met++;
        transcript.line("✓", expected);
    }

    int met() {
        return met;
    }
}
