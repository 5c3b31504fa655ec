package io.sallyport.proxy.batch;

import io.sallyport.policies.sql.LexerSettings;

/**
 * What is known of how the server will read the next text.
 *
 * @param settings as the server last reported them
 * @param settled whether nothing is in flight that could change them
 * @param unsafeEncodingSeen whether the session ever had a client encoding in which a byte below 0x80 can be part of a
 *     longer character; if not, COMMIT, ROLLBACK or RESET cannot bring one back
 */
public record ReadingContext(LexerSettings settings, boolean settled, boolean unsafeEncodingSeen) {}
