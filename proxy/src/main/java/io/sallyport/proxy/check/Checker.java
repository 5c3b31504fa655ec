package io.sallyport.proxy.check;

import io.sallyport.policies.analysis.Analysis;
import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.sql.LexerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads SQL from wherever it comes, judges it and reports. */
public final class Checker {
    private static final int CACHE_BYTES = 8 << 20;
    private static final int LARGEST = 64 << 20;
    /** A statement is in memory several times over: as bytes, as text, as tokens. */
    private static final int SHARE_OF_MEMORY = 16;

    private final Judge judge;
    private final LexerSettings settings;
    private final Report report;
    private final AnalysisCache cache = new AnalysisCache(CACHE_BYTES);
    private final int longest;
    private long metaCommands;

    public Checker(Judge judge, LexerSettings settings, Report report) {
        this(judge, settings, report, (int)
                Math.min(LARGEST, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY));
    }

    Checker(Judge judge, LexerSettings settings, Report report, int longest) {
        this.judge = judge;
        this.settings = settings;
        this.report = report;
        this.longest = longest;
    }

    /** One string as a client sends it: all of it is read before any of it would run. */
    public void string(String source, byte[] sql) throws IOException {
        report.begin(source);
        judged(sql);
        report.end();
    }

    /** A script as psql sends it: statement by statement. */
    public void script(String source, InputStream in) throws IOException {
        report.begin(source);
        try {
            SqlScript script = new SqlScript(in, settings, SqlScript.WINDOW, longest);
            ScriptSettings followed = new ScriptSettings(settings);
            for (SqlScript.Statement next = script.next(); next != null; next = script.next()) {
                Analysis analysis = cache.complete(next.text(), script.settings());
                for (StatementFacts facts : analysis.statements()) {
                    report.statement(
                            new Report.Located(judge.judge(facts, 1), next.text(), next.line(), next.column()));
                    script.settings(followed.after(facts));
                    if (facts.copyFromClient()) {
                        script.skipCopyData();
                    }
                }
            }
            metaCommands += script.metaCommands();
        } catch (SqlScript.TooLong e) {
            report.broken(source + ": " + e.getMessage());
        }
        report.end();
    }

    /** One string a line, as JSON. */
    public void lines(String source, InputStream in, Runnable whenDrained) throws IOException {
        LineReader lines = new LineReader(in, 2 * longest);
        while (lines.next()) {
            report.begin(source + ":" + lines.number());
            try {
                if (lines.isTooLong()) {
                    throw new JsonLine.Broken("longer than " + 2 * longest + " bytes");
                }
                judged(JsonLine.sql(lines.buffer(), lines.offset(), lines.length()));
            } catch (JsonLine.Broken e) {
                report.broken("line " + lines.number() + ": " + e.getMessage());
            }
            report.end();
            if (lines.isDrained()) {
                whenDrained.run();
            }
        }
    }

    /** psql's own commands in scripts, which were passed over unjudged. */
    public long metaCommands() {
        return metaCommands;
    }

    private void judged(byte[] sql) throws IOException {
        Analysis analysis = sql.length > longest ? SqlAnalyzer.tokens(sql, settings) : cache.complete(sql, settings);
        List<StatementFacts> statements = analysis.statements();
        Position position = new Position(sql);
        for (StatementFacts facts : statements) {
            position.moveTo(facts.start());
            report.statement(
                    new Report.Located(judge.judge(facts, statements.size()), sql, position.line(), position.column()));
        }
    }
}
