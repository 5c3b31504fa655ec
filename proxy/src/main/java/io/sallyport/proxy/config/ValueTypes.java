package io.sallyport.proxy.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The kinds of values that settings have. */
final class ValueTypes {
    private ValueTypes() {}

    static ValueType<HostAndPort> listener(int defaultPort) {
        return new ValueType<>("host:port, or :port for every address", text -> HostAndPort.parse(text, defaultPort));
    }

    static ValueType<Optional<HostAndPort>> optionalListener(int defaultPort) {
        return new ValueType<>(
                "host:port, :port for every address, or off",
                text -> text.equals("off") ? Optional.empty() : Optional.of(HostAndPort.parse(text, defaultPort)));
    }

    /** A server to connect to must be named: the any-address and port 0 only make sense for listening. */
    static ValueType<HostAndPort> server(int defaultPort) {
        return new ValueType<>("host:port", text -> {
            if (text.startsWith(":")) {
                throw new IllegalArgumentException("the host is missing");
            }
            HostAndPort server = HostAndPort.parse(text, defaultPort);
            if (server.port() == 0) {
                throw new IllegalArgumentException("port 0 cannot be connected to");
            }
            return server;
        });
    }

    static ValueType<Duration> duration(String least, String most) {
        Duration from = DurationText.parse(least);
        Duration to = DurationText.parse(most);
        String expected = "a duration such as 10m, 30s or 700ms, from " + least + " to " + most;
        return new ValueType<>(expected, text -> {
            Duration value = DurationText.parse(text);
            if (value.compareTo(from) < 0 || value.compareTo(to) > 0) {
                throw new IllegalArgumentException(text + " is out of range");
            }
            return value;
        });
    }

    static ValueType<Integer> size(String least, String most) {
        long from = SizeText.parse(least);
        long to = SizeText.parse(most);
        String expected = "a size in bytes such as 65536, 64KiB or 16MiB, from " + least + " to " + most;
        return new ValueType<>(expected, text -> inRange(SizeText.parse(text), text, from, to));
    }

    static ValueType<Integer> count(int least, int most) {
        return new ValueType<>("a whole number from " + least + " to " + most, text -> {
            if (!text.matches("[0-9]{1,10}")) {
                throw new IllegalArgumentException("\"" + text + "\" is not a whole number");
            }
            return inRange(Long.parseLong(text), text, least, most);
        });
    }

    static ValueType<List<AddressRange>> addresses() {
        return new ValueType<>("addresses or ranges such as 10.0.0.0/8, separated by commas", AddressRange::parseList);
    }

    /** @return a type that is true for one of two words */
    static ValueType<Boolean> word(String no, String yes) {
        return new ValueType<>(no + " or " + yes, text -> {
            if (!text.equals(no) && !text.equals(yes)) {
                throw new IllegalArgumentException("\"" + text + "\" is neither " + no + " nor " + yes);
            }
            return text.equals(yes);
        });
    }

    static ValueType<Boolean> flag() {
        return new ValueType<>("true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        });
    }

    static ValueType<Optional<Path>> file() {
        return new ValueType<>("a file path", text -> {
            try {
                return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("\"" + text + "\" is not a path: " + e.getReason(), e);
            }
        });
    }

    /** Shown to people in a NOTICE, so no control characters. */
    static ValueType<String> label(int longest) {
        return new ValueType<>("one line of at most " + longest + " characters", text -> {
            if (text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("too long, or with control characters");
            }
            return text;
        });
    }

    /** Where people find a page; without a slash at its end, and without anything that would lead elsewhere. */
    static ValueType<String> webAddress() {
        return new ValueType<>("a web address such as https://sallyport.example:6480", text -> {
            if (!text.isEmpty() && !text.matches("https?://[A-Za-z0-9.:_\\[\\]-]{1,200}(/[A-Za-z0-9._~/-]{0,200})?")) {
                throw new IllegalArgumentException("\"" + text + "\" is no web address");
            }
            return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        });
    }

    static ValueType<String> controlDatabase() {
        return new ValueType<>(
                "jdbc:h2:file:PATH, jdbc:h2:mem: or jdbc:postgresql://HOST/DATABASE", ControlSettings::parse);
    }

    private static int inRange(long value, String text, long from, long to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(text + " is out of range");
        }
        return (int) value;
    }
}
