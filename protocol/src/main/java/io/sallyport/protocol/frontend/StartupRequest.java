package io.sallyport.protocol.frontend;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.CancelKey;
import io.sallyport.protocol.ProtocolVersion;
import java.util.Map;

/** What a client's first packet asks for (manual, "Message Formats": no tag, a length word, a code). */
public sealed interface StartupRequest {
    /** Asks for TLS; answered with one byte. */
    record Ssl() implements StartupRequest {}

    /** Asks for GSSAPI encryption; answered with one byte. */
    record GssEncryption() implements StartupRequest {}

    /**
     * @param bytes the packet as received; owned by the receiver
     */
    record Cancel(CancelKey key, ByteBuf bytes) implements StartupRequest {}

    /**
     * @param parameters by name; where a client repeats a name the last one wins, as in the server
     * @param bytes the packet as received; owned by the receiver
     */
    record Startup(ProtocolVersion version, Map<String, String> parameters, ByteBuf bytes) implements StartupRequest {
        /** The login role, or the empty string. */
        public String user() {
            return parameters.getOrDefault("user", "");
        }

        /** The database, which defaults to the role's name (postmaster.c, ProcessStartupPacket). */
        public String database() {
            String database = parameters.getOrDefault("database", "");
            return database.isEmpty() ? user() : database;
        }

        /** Whether a walsender is asked for: {@code replication} is a boolean, or {@code database}. */
        public boolean replication() {
            String value = parameters.getOrDefault("replication", "");
            return !value.isEmpty() && !isFalse(value);
        }

        // utils/adt/bool.c, parse_bool: any unambiguous prefix of false, no, off; or 0. All else is refused.
        private static boolean isFalse(String value) {
            String word = value.toLowerCase(java.util.Locale.ROOT);
            return word.equals("0")
                    || "false".startsWith(word)
                    || "no".startsWith(word)
                    || (word.length() > 1 && "off".startsWith(word));
        }
    }
}
