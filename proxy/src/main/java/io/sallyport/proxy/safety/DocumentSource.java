package io.sallyport.proxy.safety;

import java.io.IOException;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON document that somebody else keeps: in a file, or behind a web address. */
final class DocumentSource implements BackupSource {
    /** What the document is. */
    enum Format {
        PGBACKREST,
        BARMAN,
        /** Of one's own: {@code finished_at}. */
        JSON,
        /** Of one's own: {@code restore_tested_at}. */
        RESTORE_TEST
    }

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Place place;
    private final Format format;
    private final String stanza;

    /** @param stanza the one that counts; empty where there is one only */
    DocumentSource(Place place, Format format, String stanza) {
        this.place = place;
        this.format = format;
        this.stanza = stanza;
    }

    @Override
    public String name() {
        return format.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public LastGood ask() throws SourceFailure {
        byte[] bytes;
        try {
            bytes = place.read();
        } catch (IOException unreadable) {
            throw new SourceFailure("it cannot be read", unreadable);
        }
        return read(bytes, format, stanza);
    }

    static LastGood read(byte[] bytes, Format format, String stanza) throws SourceFailure {
        JsonNode document;
        try {
            document = MAPPER.readTree(bytes);
        } catch (JacksonException broken) {
            throw new SourceFailure("it is no JSON", broken);
        }
        return switch (format) {
            case PGBACKREST -> PgBackRestInfo.read(document, stanza);
            case BARMAN -> BarmanList.read(document, stanza);
            case JSON -> OwnDocument.backup(document);
            case RESTORE_TEST -> OwnDocument.restoreTest(document);
        };
    }
}
