package io.sallyport.proxy.config;

import java.util.Locale;

/**
 * One setting.
 *
 * @param key its place in the file: `hold.expires` is the word `expires` under `hold`
 * @param defaultText how the default would be written; empty when there is none
 */
record Setting<T>(String key, ValueType<T> type, String defaultText) {
    static final String PREFIX = "SALLYPORT_";

    String environmentVariable() {
        return PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
