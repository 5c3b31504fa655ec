package io.sallyport.proxy.cli;

import io.sallyport.policies.decision.Decision;
import io.sallyport.proxy.replay.log.LogFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a word of an option as the constant of that name, in lower case as everywhere else. */
class WordConverter<E extends Enum<E>> implements ITypeConverter<E> {
    private final E[] constants;

    WordConverter(E[] constants) {
        this.constants = constants;
    }

    static final class OfDecision extends WordConverter<Decision> {
        OfDecision() {
            super(Decision.values());
        }
    }

    static final class OfLogFormat extends WordConverter<LogFormat> {
        OfLogFormat() {
            super(LogFormat.values());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public E convert(String text) {
        return Arrays.stream(constants)
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected one of "
                        + Arrays.stream(constants).map(WordConverter::word).collect(Collectors.joining(", "))
                        + ", found '" + text + "'"));
    }
}
