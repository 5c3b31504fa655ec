package io.sallyport.proxy.batch;

import io.sallyport.policies.sql.LexerSettings;

/**
 * What is known of how the server will read the next text.
 *
 * @param settings as the server last reported them; it reports changes only before ReadyForQuery
 * @param certain whether nothing that may change them was sent since
 * @param canSettle whether certainty comes by itself: all that is outstanding ends in a ReadyForQuery
 * @param utf8 whether client and server encoding are UTF-8, so that names are the same bytes on both sides
 */
public record ReadingContext(LexerSettings settings, boolean certain, boolean canSettle, boolean utf8) {}
