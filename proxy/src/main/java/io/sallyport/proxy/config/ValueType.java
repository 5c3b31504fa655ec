package io.sallyport.proxy.config;

import java.util.function.Function;

/**
 * How one kind of value is written.
 *
 * @param expected completes "expected …" in errors and in the documentation
 * @param parser throws IllegalArgumentException with a message that says what is wrong
 */
record ValueType<T>(String expected, Function<String, T> parser) {
    T parse(String text) {
        return parser.apply(text);
    }
}
