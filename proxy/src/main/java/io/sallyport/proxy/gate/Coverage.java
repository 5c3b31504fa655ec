package io.sallyport.proxy.gate;

import io.sallyport.policies.analysis.SettingChange;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.decision.SafetyTerms;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.Judgeable;
import io.sallyport.proxy.token.RowCount;
import io.sallyport.proxy.token.TokenPrint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token has to cover so that it runs a batch: each statement that was stopped, by its fingerprint.
 *
 * @param statements in the batch's order
 * @param terms what the rules that stopped them ask of approvers, together
 * @param safety the safety nets that those rules ask for, together
 * @param ascii whether all of it reads alike in every encoding
 * @param countable whether the server tells, before anything is committed, how many rows were changed by it
 * @param uncoverable why no token runs the batch as it is; null where one can
 */
public record Coverage(
        List<Covered> statements,
        ApprovalTerms terms,
        SafetyTerms safety,
        boolean ascii,
        boolean countable,
        @Nullable String uncoverable) {
    /**
     * @param print of tokens, literals and parameter values
     * @param text as the client sent it
     */
    public record Covered(String print, String text) {}

    /** Settings that decide what a text means: behind a change of them nobody has agreed to what follows. */
    private static final Set<String> CHANGE_MEANING = Set.of(
            "search_path", "role", "session_authorization", "standard_conforming_strings", "client_encoding", "*", "?");

    public Coverage {
        statements = List.copyOf(statements);
    }

    /** Beyond, nothing is computed: it happens on an event loop. A script is granted from a file, and sent statement by statement. */
    private static final int MOST_STATEMENTS = 1_000;

    private static final int MOST_BYTES = 512 * 1024;

    static Coverage of(Batch batch, BatchReading reading, Weighing weighed) {
        List<Weighing.Judged> covered = weighed.toCover();
        long bytes = covered.stream()
                .mapToLong(
                        judged -> judged.statement().end() - judged.statement().start())
                .sum();
        if (covered.size() > MOST_STATEMENTS || bytes > MOST_BYTES) {
            return new Coverage(
                    List.of(),
                    weighed.tokenTerms(),
                    weighed.safety(),
                    true,
                    false,
                    "it is too much at once; send its statements apart");
        }
        boolean ascii = covered.stream().allMatch(judged -> isAscii(batch, judged));
        return new Coverage(
                covered.stream()
                        .map(judged -> new Covered(
                                print(batch, judged), judged.statement().text()))
                        .toList(),
                weighed.tokenTerms(),
                weighed.safety(),
                ascii,
                countable(batch, reading, weighed),
                uncoverable(batch, reading, weighed));
    }

    /**
     * One statement that its tag counts: alone in a simple Query, or run by messages that Sync closes, in which nothing else is but the
     * BEGIN that drivers send with it.
     */
    private static boolean countable(Batch batch, BatchReading reading, Weighing weighed) {
        List<Weighing.Judged> covered = weighed.toCover();
        boolean one = covered.size() == 1
                && RowCount.canTell(covered.get(0).statement())
                && reading.console().isEmpty()
                && reading.resumed().isEmpty();
        if (!one || batch.size() == 1) {
            return one && weighed.statements().size() == 1 && batch.last().tag() == FrontendTag.QUERY.code();
        }
        return batch.last().tag() == FrontendTag.SYNC.code()
                && executed(batch) == weighed.statements().size()
                && weighed.statements().stream()
                                .filter(statement -> statement.kind() != StatementKind.BEGIN)
                                .count()
                        == 1;
    }

    /** How many portals run; one that runs twice may tell of half of its rows, and is more than any batch has. */
    private static int executed(Batch batch) {
        Set<String> portals = new HashSet<>();
        for (Frame frame : batch.frames()) {
            if (frame.tag() == FrontendTag.EXECUTE.code()
                    && !portals.add(FrontendMessage.Execute.of(frame).portal())) {
                return -1;
            }
        }
        return portals.size();
    }

    private static String print(Batch batch, Weighing.Judged judged) {
        MessageDigest digest = TokenPrint.begin();
        judged.text().addTokens(judged.statement(), digest);
        Frame frame = batch.frame(judged.point().index());
        if (frame.tag() == FrontendTag.BIND.code()) {
            // What a value means hangs on its type.
            List<Integer> types = judged.text().parameterTypes();
            if (!types.isEmpty()) {
                digest.update(types.toString().getBytes(StandardCharsets.US_ASCII));
            }
            BatchPrint.parameters(FrontendMessage.Bind.of(frame), digest);
        }
        return TokenPrint.end(digest);
    }

    private static boolean isAscii(Batch batch, Weighing.Judged judged) {
        Frame frame = batch.frame(judged.point().index());
        return judged.text().isAscii()
                && (frame.tag() != FrontendTag.BIND.code()
                        || FrontendMessage.Bind.of(frame).parameters().stream().allMatch(Coverage::isAscii));
    }

    private static boolean isAscii(byte @Nullable [] value) {
        return value == null
                || new String(value, StandardCharsets.ISO_8859_1).chars().allMatch(c -> c < 0x80);
    }

    private static @Nullable String uncoverable(Batch batch, BatchReading reading, Weighing weighed) {
        for (Weighing.Judged judged : weighed.toCover()) {
            Judgeable point = judged.point();
            if (point.texts().size() != 1) {
                return "it runs a prepared statement by a name; send the statement itself";
            } else if (batch.frame(point.index()).tag() == FrontendTag.FUNCTION_CALL.code()) {
                return "it calls a function by its number; call it by SELECT";
            } else if (!judged.text().certain()) {
                return "how the server reads its strings is not certain; send it apart";
            } else if (!judged.text().lettersAreCertain()) {
                return "it has letters beyond ASCII, and client and server were not known to have UTF8 when it was read";
            }
        }
        if (!reading.resumed().isEmpty()) {
            return "the rest of an earlier portal is sent with it; send it apart";
        }
        return Company.objection(weighed.judged(), Coverage::changesMeaning);
    }

    private static boolean changesMeaning(StatementFacts statement) {
        return statement.settings().stream().map(SettingChange::name).anyMatch(CHANGE_MEANING::contains)
                || statement.nested().stream().anyMatch(Coverage::changesMeaning);
    }
}
