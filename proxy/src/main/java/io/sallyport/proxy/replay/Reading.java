package io.sallyport.proxy.replay;

import io.sallyport.policies.analysis.StatementFacts;
import java.util.List;

/** What one string says, whoever sends it. */
record Reading(List<StatementFacts> statements, Fingerprint fingerprint) {}
