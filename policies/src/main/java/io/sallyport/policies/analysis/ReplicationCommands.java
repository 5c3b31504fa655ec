package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Commands of the replication protocol, told from SQL by their first word as the server does (replication/repl_scanner.l). No SQL begins with these
 * words: outside of replication sessions every server refuses the whole string.
 */
final class ReplicationCommands {
    private static final Map<String, StatementKind> BY_WORD = Map.of(
            "identify_system", StatementKind.REPLICATION,
            "start_replication", StatementKind.REPLICATION,
            "base_backup", StatementKind.REPLICATION,
            "timeline_history", StatementKind.REPLICATION,
            "read_replication_slot", StatementKind.REPLICATION,
            "upload_manifest", StatementKind.REPLICATION,
            "create_replication_slot", StatementKind.CREATE_REPLICATION_SLOT,
            "alter_replication_slot", StatementKind.ALTER_REPLICATION_SLOT,
            "drop_replication_slot", StatementKind.DROP_REPLICATION_SLOT);

    private ReplicationCommands() {}

    /** The facts of such a command, or null. What follows its first word may be no token of SQL, as 0/1A2B3C is none. */
    static @Nullable StatementFacts read(Reading reading) {
        TokenList tokens = reading.tokens();
        StatementKind kind = tokens.is(0, TokenKind.IDENTIFIER) ? BY_WORD.get(tokens.raw(0)) : null;
        if (kind == null) {
            return null;
        }
        Draft draft = new Draft();
        draft.kind(kind);
        return draft.facts(reading.start(0), reading.end(tokens.size() - 1), reading.text(0, tokens.size()));
    }

    /** The start of a session that is to receive what the server has. */
    static StatementFacts session(String value) {
        Draft draft = new Draft();
        draft.kind(StatementKind.REPLICATION);
        String text = "replication = '" + value.replace("'", "''") + "'";
        return draft.facts(0, text.length(), text);
    }
}
