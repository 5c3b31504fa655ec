package io.sallyport.proxy.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is audited, and where to.
 *
 * @param file one JSON object a line is appended here; null sends the lines to the logger `audit`
 * @param everyStatement audits allowed statements too, not only what was held or denied
 */
public record AuditSettings(@Nullable Path file, boolean everyStatement) {
    public static final AuditSettings DEFAULTS = new AuditSettings(null, false);
}
