package io.sallyport.proxy.cli;

import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.ProxyConfig;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says where the proxy listens: in words at a terminal, else as a log line, so that a JSON log stays one. */
final class Banner {
    private static final Logger LOG = LoggerFactory.getLogger(Banner.class);

    /** Set by the launcher; Java 17 cannot tell whether standard error is a terminal. */
    static final String AT_TERMINAL = "sallyport.terminal";

    private Banner() {}

    static void show(RunningProxy running, ProxyConfig config, PrintWriter err) {
        String text = text(running.listen(), running.admin() == null ? "off" : "http://" + running.admin(), config);
        boolean spoken =
                Boolean.getBoolean(AT_TERMINAL) || LogSettings.TEXT.equals(System.getProperty(LogSettings.FORMAT));
        if (spoken) {
            err.println(text);
            err.flush();
        } else {
            LOG.info("{}", text);
        }
    }

    static String text(HostAndPort listen, String admin, ProxyConfig config) {
        String environment = config.environment().isEmpty() ? "" : " (" + config.environment() + ")";
        String policy = config.policy() == null ? "built-in" : config.policy().toString();
        return "sallyport " + Version.text() + ": listening on " + listen + " for " + config.upstream() + environment
                + "; policy " + policy + "; admin " + admin;
    }
}
