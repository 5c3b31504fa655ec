package io.sallyport.proxy.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lines for the logger `audit`, where no file is configured. */
final class AuditLogger implements AuditSink {
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    @Override
    public void write(ByteBuffer lines) {
        StandardCharsets.UTF_8.decode(lines).toString().lines().forEach(AUDIT::info);
    }

    @Override
    public void close() {}
}
