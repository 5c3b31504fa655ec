package io.sallyport.proxy.it.differential;

import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a real server's grammar says of strings. Nothing is run, nor even analysed: in a failed transaction exec_parse_message (postgres.c)
 * parses a Parse message's text whole, refuses it if it holds several statements, and then refuses it with 25P02.
 */
final class ServerParser implements AutoCloseable {
    /** Answers of about 150 bytes stay unread so long: less than the buffers of a socket. */
    private static final int PIPELINED_BYTES = 32 << 10;

    private static final byte[] SYNC = new Body().message('S');
    private static final byte[] ONE_MORE = "SELECT 1;".getBytes(StandardCharsets.US_ASCII);

    private final WireClient client;

    ServerParser(TestServer server, boolean standardConformingStrings, String clientEncoding) {
        client = WireClient.login(server.port(), "alice", "postgres");
        settle("SET escape_string_warning = off");
        settle("SET client_min_messages = error");
        settle("SET standard_conforming_strings = " + (standardConformingStrings ? "on" : "off"));
        settle("SET client_encoding = '" + clientEncoding + "'");
        client.query("BEGIN");
        client.query("SELECT 1/0");
    }

    private void settle(String setting) {
        if (client.query(setting).stream().anyMatch(message -> message.type() == 'E')) {
            throw new AssertionError("the server refuses " + setting);
        }
    }

    /** For each string whether the server accepts it; only {@link Count#NONE} and {@link Count#MANY} (one or more) of those. */
    List<Count> wholes(List<byte[]> texts) {
        List<Count> counts = new ArrayList<>();
        for (Count count : parsed(texts.stream().map(ServerParser::behindOne).toList())) {
            counts.add(count == Count.ONE ? Count.NONE : count);
        }
        return counts;
    }

    /** For each string how many statements it has. */
    List<Count> exactly(List<byte[]> texts) {
        List<Count> alone = parsed(texts);
        List<Count> behind = wholes(texts);
        List<Count> counts = new ArrayList<>();
        for (int i = 0; i < alone.size(); i++) {
            counts.add(behind.get(i) == Count.MANY ? alone.get(i) : behind.get(i));
        }
        return counts;
    }

    private static byte[] behindOne(byte[] text) {
        return new Body().raw(ONE_MORE).raw(text).bytes();
    }

    private List<Count> parsed(List<byte[]> texts) {
        List<Count> counts = new ArrayList<>();
        Body batch = new Body();
        int bytes = 0;
        int pending = 0;
        for (byte[] text : texts) {
            if (bytes > 0 && bytes + text.length > PIPELINED_BYTES) {
                flush(batch, pending, counts);
                batch = new Body();
                bytes = 0;
                pending = 0;
            }
            batch.raw(new Body().int8(0).raw(text).int8(0).int16(0).message('P'))
                    .raw(SYNC);
            // An answer may be longer than what it answers.
            bytes += Math.max(text.length, 160);
            pending++;
        }
        flush(batch, pending, counts);
        return counts;
    }

    private void flush(Body batch, int pending, List<Count> counts) {
        if (pending > 0) {
            client.send(batch.bytes());
        }
        for (int i = 0; i < pending; i++) {
            counts.add(count(client.readUntilReady()));
        }
    }

    /** ParseComplete comes for nothing, and for COMMIT and its like, which a failed transaction takes. */
    private static Count count(List<ServerMessage> answer) {
        ServerMessage first = answer.get(0);
        if (first.type() == '1') {
            return Count.ONE;
        }
        if (first.type() != 'E' || answer.get(answer.size() - 1).status() != 'E') {
            throw new AssertionError("not the answer of a failed transaction: " + answer);
        }
        if (first.sqlState().equals("25P02")) {
            return Count.ONE;
        }
        boolean several = first.sqlState().equals("42601") && first.field('R').equals("exec_parse_message");
        return several ? Count.MANY : Count.REJECTED;
    }

    @Override
    public void close() {
        client.close();
    }
}
