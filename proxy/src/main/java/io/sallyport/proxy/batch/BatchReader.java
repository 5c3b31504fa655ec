package io.sallyport.proxy.batch;

import io.sallyport.policies.analysis.AnalysisCache;

/**
 * Reads the texts of a batch and finds what each Query and each Bind would run. The gate is Bind, not Parse or
 * Execute: one Parse serves many executions, and Bind alone already runs IMMUTABLE functions. A portal that exists was
 * therefore judged, and fetching from it again is not.
 */
public final class BatchReader {
    private final AnalysisCache cache;
    private final PreparedStatements prepared;

    public BatchReader(AnalysisCache cache, PreparedStatements prepared) {
        this.cache = cache;
        this.prepared = prepared;
    }

    /** May be called again for the same batch, after texts were completed or the session settled. */
    public BatchReading read(Batch batch, ReadingContext context) {
        return new ReadingPass(batch, new TextReader(batch, context, cache), context.utf8(), prepared).run();
    }
}
