package io.sallyport.proxy.replay;

import io.sallyport.policies.Policy;
import io.sallyport.policies.analysis.Analysis;
import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.sql.LexerSettings;
import org.jspecify.annotations.Nullable;

/** Reads strings as the proxy does, and decides on them: the strictest verdict on any of their statements. */
final class Judge {
    private static final int CACHE_BYTES = 8 * 1024 * 1024;

    private final Policy policy;
    private final AnalysisCache cache = new AnalysisCache(CACHE_BYTES);

    Judge(Policy policy) {
        this.policy = policy;
    }

    Analysis read(byte[] text, LexerSettings settings) {
        Analysis quick = cache.quick(text, settings);
        return quick.structurePending() ? cache.complete(text, settings) : quick;
    }

    /** A string without a statement passes. */
    Verdict decide(Iterable<StatementFacts> statements, Circumstances circumstances) {
        @Nullable Verdict worst = null;
        for (StatementFacts statement : statements) {
            Verdict verdict = policy.decide(statement, circumstances);
            worst = worst == null ? verdict : worst.strictest(verdict);
        }
        return worst == null ? new Verdict(Decision.ALLOW, "empty", Terms.NONE) : worst;
    }
}
