package io.sallyport.proxy.it.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The client's side of AuthenticationXXX (manual 53.2.1): trust, cleartext, md5 and SCRAM-SHA-256. */
final class Authentication {
    private final WireClient client;
    private final String user;
    private final String password;
    private final ScramClient scram;

    Authentication(WireClient client, String user, String password) {
        this.client = client;
        this.user = user;
        this.password = password;
        this.scram = new ScramClient(password);
    }

    List<ServerMessage> run() {
        List<ServerMessage> seen = new ArrayList<>();
        while (true) {
            ServerMessage message = client.read();
            seen.add(message);
            if (message.type() == 'R') {
                answer(message.read());
            } else if (message.type() == 'Z' || message.type() == 'E' || message.isEnd()) {
                return seen;
            }
        }
    }

    private void answer(BodyReader request) {
        int code = request.int32();
        switch (code) {
            case 0 -> {}
            case 3 -> client.send(Frontend.password(password));
            case 5 ->
                client.send(Frontend.password(
                        "md5" + md5(md5(password + user).getBytes(StandardCharsets.UTF_8), request.take(4))));
            case 10 -> client.send(saslInitial());
            case 11 ->
                client.send(new Body().raw(scram.finalMessage(text(request))).message('p'));
            case 12 -> scram.verify(text(request));
            default -> throw new AssertionError("unknown authentication request " + code);
        }
    }

    private byte[] saslInitial() {
        byte[] first = scram.firstMessage();
        return new Body().string("SCRAM-SHA-256").int32(first.length).raw(first).message('p');
    }

    private static String text(BodyReader reader) {
        return new String(reader.rest(), StandardCharsets.UTF_8);
    }

    private static String md5(String text) {
        return md5(text.getBytes(StandardCharsets.UTF_8), new byte[0]);
    }

    private static String md5(byte[] text, byte[] salt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(text);
            return HexFormat.of().formatHex(digest.digest(salt));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
