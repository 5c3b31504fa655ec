package io.sallyport.proxy.check;

import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.DurationText;
import io.sallyport.policies.decision.Verdict;
import java.io.IOException;
import java.io.PrintWriter;

/** For people: what would not be allowed, where, by which rule and why; then how many there were. */
public final class TextReport implements Report {
    private final PrintWriter out;
    private final Palette palette;
    private final Tally tally;
    private String source = "";

    public TextReport(PrintWriter out, Palette palette, Tally tally) {
        this.out = out;
        this.palette = palette;
        this.tally = tally;
    }

    @Override
    public void begin(String source) {
        this.source = source;
    }

    @Override
    public void statement(Located statement) throws IOException {
        Judged judged = statement.judged();
        tally.statement(judged.verdict().decision());
        if (!judged.isAllowed()) {
            describe(statement);
            if (out.checkError()) {
                throw new IOException("standard output cannot be written");
            }
        }
    }

    private void describe(Located statement) {
        Judged judged = statement.judged();
        Judged cause = judged.cause();
        Verdict verdict = judged.verdict();
        String place = source + ":" + statement.line() + ":" + statement.column();
        String message = verdict.message() == null ? "" : ": " + verdict.message();
        line(palette.place(Printable.of(place)) + ": " + palette.decision(verdict.decision()) + delay(verdict)
                + " by rule \"" + Printable.of(verdict.rule()) + '"' + Printable.of(message));
        int start = judged.facts().start();
        Excerpt.of(
                        statement.text(),
                        start,
                        statement.line(),
                        cause.facts().start(),
                        cause.facts().end(),
                        palette)
                .forEach(this::line);
        line("  " + palette.aside(FactsLine.of(judged.facts())));
        line("");
    }

    private static String delay(Verdict verdict) {
        return verdict.decision() == Decision.DELAY
                ? " of " + DurationText.of(verdict.terms().delay())
                : "";
    }

    @Override
    public void broken(String problem) {
        tally.broken();
        line(palette.place(Printable.of(problem)) + ": " + palette.decision(Decision.DENY));
        line("");
    }

    @Override
    public void end() {}

    @Override
    public void finish() {
        line(tally.described());
        out.flush();
    }

    /** println would flush every line. */
    private void line(String text) {
        out.write(text);
        out.write('\n');
    }
}
