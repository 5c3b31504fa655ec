package io.sallyport.proxy.batch;

import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.BatchReading.ConsoleCall;
import io.sallyport.proxy.batch.BatchReading.NameChange;
import io.sallyport.proxy.batch.Judgeable.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of a batch and finds what each Query and each Bind would run. The gate is Bind, not Parse or
 * Execute: one Parse serves many executions, and Bind alone already runs IMMUTABLE functions. A portal that exists was
 * therefore judged, and fetching from it again is not.
 */
public final class BatchReader {
    private final AnalysisCache cache;
    private final PreparedStatements prepared;

    public BatchReader(AnalysisCache cache, PreparedStatements prepared) {
        this.cache = cache;
        this.prepared = prepared;
    }

    /** May be called again for the same batch, after texts were completed or the session settled. */
    public BatchReading read(Batch batch, ReadingContext context) {
        return new Pass(batch, context).run();
    }

    /** One walk over one batch. */
    private final class Pass {
        private final Batch batch;
        private final ReadingContext context;
        private final List<Judgeable> points = new ArrayList<>();
        private final List<ConsoleCall> console = new ArrayList<>();
        private final List<NameChange> changes = new ArrayList<>();
        private final NameResolution names = new NameResolution(prepared);

        /** Where this batch parses a name, and what: Bind can see nothing else under that name before a Sync. */
        private final Map<String, Integer> parsedHere = new HashMap<>();

        /** Whether an earlier statement of this batch may change how the server reads the next text. */
        private boolean readingMayChange;

        private boolean first = true;

        Pass(Batch batch, ReadingContext context) {
            this.batch = batch;
            this.context = context;
        }

        BatchReading run() {
            for (int i = 0; i < batch.size(); i++) {
                Frame frame = batch.frame(i);
                FrontendTag tag = Objects.requireNonNull(FrontendTag.of(frame.tag()));
                try {
                    if (!read(i, frame, tag)) {
                        return BatchReading.UNSETTLED;
                    }
                } catch (ProtocolViolation violation) {
                    points.add(Judgeable.refused(i, Problem.of(violation)));
                    break;
                }
            }
            return new BatchReading(List.copyOf(points), List.copyOf(console), List.copyOf(changes), false);
        }

        private boolean read(int index, Frame frame, FrontendTag tag) {
            return switch (tag) {
                case QUERY -> query(index, frame);
                case PARSE -> parse(index, frame);
                case BIND -> {
                    bind(index, frame);
                    yield true;
                }
                case CLOSE -> {
                    FrontendMessage.Close close = FrontendMessage.Close.of(frame);
                    if (close.statement()) {
                        parsedHere.remove(close.name());
                        changes.add(new NameChange(index, close.name(), null));
                    }
                    yield true;
                }
                case FUNCTION_CALL -> {
                    points.add(Judgeable.refused(
                            index,
                            new Problem(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "FunctionCall messages are not let through: what they run cannot be judged",
                                    "Call the function by SELECT.")));
                    yield true;
                }
                case DESCRIBE, EXECUTE, SYNC, FLUSH, TERMINATE, PASSWORD, COPY_DATA, COPY_DONE, COPY_FAIL -> true;
            };
        }

        private boolean query(int index, Frame frame) {
            SqlText text = text(index, () -> FrontendMessage.Query.of(frame).text());
            if (text == null) {
                return false;
            }
            if (text.isConsole()) {
                console.add(new ConsoleCall(index, text, null, null));
            } else {
                runs(index, index, index, List.of(text));
            }
            return true;
        }

        private boolean parse(int index, Frame frame) {
            FrontendMessage.Parse parse = FrontendMessage.Parse.of(frame);
            SqlText text = text(index, parse::text);
            if (text == null) {
                return false;
            }
            parsedHere.put(parse.name(), index);
            if (prepared.full() && !parse.name().isEmpty()) {
                points.add(Judgeable.refused(
                        index,
                        new Problem(
                                SqlState.PROGRAM_LIMIT_EXCEEDED,
                                "too many prepared statements in this session",
                                "Deallocate some, or raise limits.prepared_statements.")));
            }
            changes.add(new NameChange(index, parse.name(), text));
            if (text.isConsole()) {
                console.add(new ConsoleCall(index, text, null, parse.name()));
            }
            return true;
        }

        private void bind(int index, Frame frame) {
            FrontendMessage.BindNames bind = FrontendMessage.Bind.namesOf(frame);
            // What it runs may be a SET: the next text of this batch is read both ways.
            first = false;
            Integer here = parsedHere.get(bind.statement());
            Set<SqlText> candidates = here == null
                    ? prepared.candidates(bind.statement())
                    : Set.of(Objects.requireNonNull(batch.text(here)));
            if (candidates.isEmpty()) {
                points.add(Judgeable.refused(index, unknown(bind.statement())));
                return;
            }
            List<SqlText> texts = List.copyOf(candidates);
            if (texts.stream().allMatch(SqlText::isConsole)) {
                // Several candidates under one name: the last one proposed is what the client means.
                console.add(new ConsoleCall(index, texts.get(texts.size() - 1), bind.portal(), null));
            } else {
                runs(index, here == null ? index : here, executionOf(bind.portal(), index), texts);
            }
        }

        /** The Execute that follows for this portal, or the Bind itself where it comes in a later batch. */
        private int executionOf(String portal, int bindIndex) {
            for (int i = bindIndex + 1; i < batch.size(); i++) {
                Frame frame = batch.frame(i);
                if (frame.tag() == FrontendTag.EXECUTE.code()
                        && FrontendMessage.Execute.of(frame).portal().equals(portal)) {
                    return i;
                }
            }
            return bindIndex;
        }

        private void runs(int index, int refuseAt, int answeredAt, List<SqlText> texts) {
            NameResolution.Result resolved = names.resolve(texts);
            if (resolved.unknown() != null) {
                points.add(Judgeable.refused(index, unknown(resolved.unknown())));
                return;
            }
            points.add(Judgeable.of(index, refuseAt, resolved.texts()));
            for (SqlText text : texts) {
                NameResolution.changes(text)
                        .forEach(change -> changes.add(
                                new NameChange(answeredAt, change.name(), change.prepares() ? text : null)));
            }
            for (SqlText text : resolved.texts()) {
                readingMayChange |= mayChangeReading(text);
            }
        }

        /** The text at this place, read once; null while it cannot be read because the encoding is in doubt. */
        private @Nullable SqlText text(int index, Supplier<byte[]> bytes) {
            SqlText known = batch.text(index);
            if (known == null) {
                byte[] sql = bytes.get();
                boolean ascii = isAscii(sql);
                if (!ascii && !context.settled()) {
                    return null;
                }
                LexerSettings settings = !ascii && (readingMayChange || (context.unsafeEncodingSeen() && !first))
                        ? new LexerSettings(context.settings().standardConformingStrings(), false)
                        : context.settings();
                known = SqlText.read(sql, settings, !first || !context.settled(), cache);
                batch.text(index, known);
            }
            first = false;
            return known;
        }

        private Problem unknown(String name) {
            return new Problem(
                    SqlState.INVALID_SQL_STATEMENT_NAME,
                    name.isEmpty()
                            ? "unnamed prepared statement does not exist"
                            : "prepared statement \"" + name + "\" does not exist",
                    "Sallyport lets only statements run whose text it saw being prepared.");
        }
    }

    private static boolean isAscii(byte[] text) {
        for (byte b : text) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether running it may give client_encoding a value that the session never had. */
    private static boolean mayChangeReading(SqlText text) {
        return (text.incomplete() && text.statements().isEmpty())
                || text.statements().stream().anyMatch(BatchReader::mayChangeReading);
    }

    private static final Set<StatementKind> CHANGES_READING =
            Set.of(StatementKind.SET, StatementKind.DO, StatementKind.CALL, StatementKind.UNREADABLE);

    private static boolean mayChangeReading(StatementFacts statement) {
        return CHANGES_READING.contains(statement.kind())
                || statement.functions().contains("set_config")
                || statement.functions().contains("pg_catalog.set_config");
    }
}
