package io.sallyport.proxy.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a token is asked for with.
 *
 * @param life null for the usual one
 */
public record AccessWish(String label, @Nullable Duration life) {}
