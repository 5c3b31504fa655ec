package io.sallyport.proxy.it.soak;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What Netty's leak detector logs from now on. */
final class LeakReports extends AppenderBase<ILoggingEvent> {
    private final List<String> reports = new CopyOnWriteArrayList<>();

    static LeakReports listen() {
        LeakReports appender = new LeakReports();
        appender.start();
        ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(appender);
        return appender;
    }

    @Override
    protected void append(ILoggingEvent event) {
        reports.add(event.getFormattedMessage());
    }

    List<String> reports() {
        return reports;
    }
}
