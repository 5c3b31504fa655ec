package io.sallyport.proxy.safety;

import tools.jackson.databind.JsonNode;

/** {@code {"finished_at": "2026-11-28T01:00:00Z", "restore_tested_at": "2026-11-01T00:00:00Z"}}; either may stand alone. */
final class OwnDocument {
    private OwnDocument() {}

    static LastGood backup(JsonNode document) throws SourceFailure {
        return LastGood.backup(Fields.isoTime(document, "finished_at"), "json");
    }

    static LastGood restoreTest(JsonNode document) throws SourceFailure {
        return new LastGood(Fields.isoTime(document, "restore_tested_at"), "restore test", "json");
    }
}
