package io.sallyport.proxy.store.token;

import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Vote;
import io.sallyport.proxy.token.SearchPath;
import io.sallyport.proxy.token.TokenScope;
import io.sallyport.proxy.token.TokenStatement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a request says, as one text. */
final class RequestJson {
    /** What a newer replica wrote and this one does not know is not read at all: it may be a condition. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** All that never changes. */
    record Content(HoldRequest request, Scope scope, List<TokenStatement> statements) {}

    /** With the search path as text. */
    record Scope(
            String requester,
            String database,
            String actsAs,
            String searchPath,
            @Nullable String reading) {
        static Scope of(TokenScope scope) {
            return new Scope(
                    scope.requester(),
                    scope.database(),
                    scope.actsAs(),
                    scope.searchPath().toString(),
                    scope.reading());
        }

        TokenScope scope() {
            return new TokenScope(requester, database, actsAs, SearchPath.parse(searchPath), reading);
        }
    }

    private RequestJson() {}

    static String write(Content content) {
        return JSON.writeValueAsString(content);
    }

    static Content content(String json) {
        return JSON.readValue(json, Content.class);
    }

    static String write(List<Vote> votes) {
        return JSON.writeValueAsString(votes);
    }

    static List<Vote> votes(String json) {
        return JSON.readValue(json, new TypeReference<List<Vote>>() {});
    }
}
