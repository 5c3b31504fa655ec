package io.sallyport.proxy.it.server;

import io.sallyport.proxy.it.wire.BodyReader;
import io.sallyport.proxy.it.wire.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The DataRows of an answer as text; NULL reads as an empty string. */
public final class Rows {
    private Rows() {}

    public static List<List<String>> of(List<ServerMessage> answer) {
        return answer.stream()
                .filter(message -> message.type() == 'D')
                .map(Rows::row)
                .toList();
    }

    private static List<String> row(ServerMessage message) {
        BodyReader body = message.read();
        List<String> values = new ArrayList<>();
        for (int left = body.int16(); left > 0; left--) {
            int length = body.int32();
            values.add(length < 0 ? "" : new String(body.take(length), StandardCharsets.UTF_8));
        }
        return values;
    }
}
