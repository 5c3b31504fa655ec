package io.sallyport.proxy.check;

import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.sql.LexerSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a whole script that is in memory, as psql and {@link Checker} do. */
public final class ScriptReader {
    /**
     * One statement.
     *
     * @param text the bytes in which the facts' places count
     * @param settings how the server would read it
     * @param described what it does, on one line
     */
    public record Read(
            StatementFacts facts,
            byte[] text,
            LexerSettings settings,
            long line,
            long column,
            Verdict verdict,
            String described) {}

    /** @param metaCommands psql's own commands, which were passed over unjudged */
    public record Script(List<Read> statements, long metaCommands) {}

    private ScriptReader() {}

    public static Script read(byte[] script, Judge judge) {
        List<Read> statements = new ArrayList<>();
        LexerSettings initial = LexerSettings.DEFAULT;
        ScriptSettings followed = new ScriptSettings(initial);
        try {
            SqlScript source =
                    new SqlScript(new ByteArrayInputStream(script), initial, SqlScript.WINDOW, script.length + 1);
            for (SqlScript.Statement next = source.next(); next != null; next = source.next()) {
                LexerSettings settings = source.settings();
                for (StatementFacts facts :
                        SqlAnalyzer.complete(next.text(), settings).statements()) {
                    statements.add(new Read(
                            facts,
                            next.text(),
                            settings,
                            next.line(),
                            next.column(),
                            judge.judge(facts, 1).verdict(),
                            FactsLine.of(facts)));
                    source.settings(followed.after(facts));
                    if (facts.copyFromClient()) {
                        source.skipCopyData();
                    }
                }
            }
            return new Script(List.copyOf(statements), source.metaCommands());
        } catch (IOException impossible) {
            throw new IllegalStateException("a script in memory can be read", impossible);
        }
    }
}
