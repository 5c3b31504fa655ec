package io.sallyport.proxy.demo;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Plays the stories by itself, over real connections, and judges what came of them. */
final class DemoScript {
    /** What the scenes leave in the audit log, in order. */
    private static final List<String> STORY = List.of(
            "approve by alice refused",
            "reject by bob counted",
            "rejected by bob",
            "safety net missing",
            "reject by bob counted",
            "rejected by bob",
            "approve by bob counted",
            "approved by bob",
            "rows kept",
            "finished [\"DELETE 4000\"]",
            "undo asked",
            "approve by bob counted",
            "approved by bob",
            "undo undone",
            "approve by bob refused",
            "approve by bob counted",
            "approved by bob",
            "restore point made",
            "finished [\"DROP DATABASE\"]");

    private final DemoServer server;
    private final Endpoint proxy;
    private final List<Scene> scenes;
    private final Transcript transcript;
    private final Duration patience;

    /** {@code patience}: how long a step may take before it counts as not happening. */
    DemoScript(
            DemoServer server,
            Endpoint proxy,
            String page,
            Path auditFile,
            DemoBackups backups,
            Transcript transcript,
            Duration patience) {
        CorrectedDelete corrected = new CorrectedDelete();
        this.server = server;
        this.proxy = proxy;
        this.scenes = List.of(
                new NightDelete(),
                new WrongTerminalDrop(backups),
                corrected,
                new BroughtBack(corrected::code, page),
                new WantedDrop(),
                new AuditScene(auditFile, STORY));
        this.transcript = transcript;
        this.patience = patience;
    }

    /** Returns whether every step was as it must be. */
    boolean play() throws InterruptedException {
        Checks checks = new Checks(transcript);
        try {
            long ordersBefore = SampleShop.orders(server);
            try (AppTraffic traffic = new AppTraffic(proxy.connect("app", "app", SampleShop.DATABASE, false))) {
                traffic.start();
                Stage stage = new Stage(server, proxy, traffic, transcript, checks, patience);
                for (Scene scene : scenes) {
                    transcript.scene(scene.title());
                    scene.play(stage);
                }
                transcript.scene("All the while: the shop's program");
                close(traffic.finish(), ordersBefore, checks);
            }
        } catch (Checks.Unmet e) {
            return differed(String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            return differed("expected: a connection that works\nseen:     " + e.getSQLState() + " " + e.getMessage());
        }
        transcript.print("");
        transcript.print("All " + checks.met() + " steps were as they must be.");
        return true;
    }

    /** Each transaction leaves one order, so the server's count tells whether any was lost or made twice. */
    private void close(TrafficReport all, long ordersBefore, Checks checks) throws Checks.Unmet, SQLException {
        transcript.line("app", all.toString());
        long made = SampleShop.orders(server) - ordersBefore;
        checks.must(
                all.failure() == null && made == all.committed(),
                "each of the program's transactions did its work, once",
                made + " orders of " + all);
    }

    private boolean differed(String what) {
        transcript.line("✗", what);
        return false;
    }
}
