package io.sallyport.proxy.it.hold;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.BooleanSupplier;

/** A statement that is held, and two who come at the same moment. */
final class Races {
    private Races() {}

    static String hold(WireClient client, String sql) {
        client.send(Frontend.query(sql));
        return Approver.code(client.readUntil('N').get(0));
    }

    static boolean cancel(TestProxy proxy, WireClient client) {
        try (WireClient canceller = WireClient.connect(proxy.port())) {
            canceller.send(Frontend.cancelRequest(client.key()));
            canceller.readUntil(ServerMessage.END);
            return true;
        }
    }

    /** The command tag, or the SQLSTATE. */
    static String outcome(WireClient client) {
        return client.readUntilReady().stream()
                .filter(message -> message.type() == 'C' || message.type() == 'E')
                .map(message -> message.type() == 'C' ? message.commandTag() : message.sqlState())
                .findFirst()
                .orElseThrow();
    }

    static boolean[] together(BooleanSupplier one, BooleanSupplier other) {
        CyclicBarrier barrier = new CyclicBarrier(2);
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> atBarrier(barrier, one));
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> atBarrier(barrier, other));
        return new boolean[] {first.join(), second.join()};
    }

    private static boolean atBarrier(CyclicBarrier barrier, BooleanSupplier action) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return action.getAsBoolean();
    }
}
