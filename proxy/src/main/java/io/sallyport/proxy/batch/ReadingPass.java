package io.sallyport.proxy.batch;

import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.protocol.frontend.FunctionCall;
import io.sallyport.proxy.batch.BatchReading.ConsoleCall;
import io.sallyport.proxy.batch.BatchReading.NameChange;
import io.sallyport.proxy.batch.Judgeable.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One walk over one batch, message by message. */
final class ReadingPass {
    private final Batch batch;
    private final TextReader texts;
    private final boolean utf8;
    private final PreparedStatements prepared;
    private final NameResolution names;
    private final List<Judgeable> points = new ArrayList<>();
    private final List<ConsoleCall> console = new ArrayList<>();
    private final List<NameChange> changes = new ArrayList<>();

    /** Where this batch parses a name, and what: a Bind behind it can see nothing older under that name. */
    private final Map<String, Integer> parsedHere = new HashMap<>();

    /** Portals that this batch makes: the last one, nearly always the only one, apart. */
    private @Nullable String lastBound;

    private final Set<String> boundHere = new HashSet<>();

    /** Executes of other portals. */
    private final List<Integer> resumed = new ArrayList<>();

    ReadingPass(Batch batch, TextReader texts, boolean utf8, PreparedStatements prepared) {
        this.batch = batch;
        this.texts = texts;
        this.utf8 = utf8;
        this.prepared = prepared;
        this.names = new NameResolution(prepared);
    }

    BatchReading run() {
        for (int i = 0; i < batch.size(); i++) {
            try {
                if (!read(i, batch.frame(i))) {
                    return BatchReading.UNSETTLED;
                }
            } catch (ProtocolViolation violation) {
                points.add(Judgeable.refused(i, Problem.of(violation)));
                break;
            }
        }
        return new BatchReading(
                List.copyOf(points), List.copyOf(console), List.copyOf(changes), List.copyOf(resumed), false);
    }

    /** @return false when the batch has to be read again later */
    private boolean read(int index, Frame frame) {
        return switch (Objects.requireNonNull(FrontendTag.of(frame.tag()))) {
            case QUERY -> query(index, frame);
            case PARSE -> parse(index, frame);
            case BIND -> {
                bind(index, frame);
                yield true;
            }
            case CLOSE -> {
                close(index, frame);
                yield true;
            }
            case FUNCTION_CALL -> {
                functionCall(index, frame);
                yield true;
            }
            case EXECUTE -> {
                String portal = FrontendMessage.Execute.of(frame).portal();
                if (!portal.equals(lastBound) && !boundHere.contains(portal)) {
                    // It runs what an earlier batch bound: perhaps a SET.
                    texts.runsUnknown();
                    resumed.add(index);
                }
                yield true;
            }
            case DESCRIBE, SYNC, FLUSH, TERMINATE, PASSWORD, COPY_DATA, COPY_DONE, COPY_FAIL -> true;
        };
    }

    private boolean query(int index, Frame frame) {
        SqlText text = texts.text(index, () -> FrontendMessage.Query.of(frame).text());
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
        SqlText text = texts.text(index, parse::text);
        if (text == null) {
            return false;
        }
        text.declares(parse.types());
        refuseUnclearName(index, parse.name());
        if (prepared.full() && !parse.name().isEmpty()) {
            points.add(Judgeable.refused(index, Problem.tooManyStatements()));
        }
        parsedHere.put(parse.name(), index);
        names.preparedHere(parse.name(), text);
        changes.add(new NameChange(index, parse.name(), text));
        if (text.isConsole()) {
            console.add(new ConsoleCall(index, text, null, parse.name()));
        }
        return true;
    }

    private void functionCall(int index, Frame frame) {
        FunctionCall call = FunctionCall.of(frame);
        SqlText text = texts.call(index, call);
        points.add(
                text == null
                        ? Judgeable.refused(index, Problem.functionCall(call.function()))
                        : Judgeable.of(index, index, List.of(text)));
    }

    private void close(int index, Frame frame) {
        FrontendMessage.Close close = FrontendMessage.Close.of(frame);
        if (close.statement()) {
            parsedHere.remove(close.name());
            changes.add(new NameChange(index, close.name(), null));
        }
    }

    private void bind(int index, Frame frame) {
        FrontendMessage.BindNames bind = FrontendMessage.Bind.namesOf(frame);
        if (lastBound != null && !lastBound.equals(bind.portal())) {
            boundHere.add(lastBound);
        }
        lastBound = bind.portal();
        refuseUnclearName(index, bind.statement());
        Integer here = parsedHere.get(bind.statement());
        List<SqlText> possible = candidates(bind.statement(), here);
        if (possible.isEmpty()) {
            points.add(Judgeable.refused(index, Problem.unknownStatement(bind.statement())));
            return;
        }
        if (NameResolution.allPlain(possible)) {
            runs(index, here == null ? index : here, index, possible);
            return;
        }
        if (possible.stream().allMatch(SqlText::isConsole)) {
            // Several candidates under one name: the last one proposed is what the client means.
            console.add(new ConsoleCall(index, possible.get(possible.size() - 1), bind.portal(), null));
            return;
        }
        int execution = executionOf(bind.portal(), index);
        if (execution == index && possible.stream().anyMatch(NameResolution::executesByName)) {
            points.add(Judgeable.refused(index, Problem.executeApart()));
        }
        runs(index, here == null ? index : here, execution, possible);
    }

    /** Every text that the name may stand for when this batch's Bind is run. */
    private List<SqlText> candidates(String name, @Nullable Integer here) {
        List<SqlText> bySql = names.preparedBySql(name);
        SqlText only = here == null ? prepared.only(name) : batch.text(here);
        if (only != null && bySql.isEmpty()) {
            return List.of(only);
        }
        Set<SqlText> candidates = new LinkedHashSet<>();
        if (here == null) {
            candidates.addAll(prepared.candidates(name));
        } else {
            candidates.add(Objects.requireNonNull(batch.text(here)));
        }
        candidates.addAll(bySql);
        return List.copyOf(candidates);
    }

    /**
     * The Execute of this portal, where only Describe stands between; else the Bind itself. Further off, a name could
     * come to stand for something else before the server looks it up.
     */
    private int executionOf(String portal, int bindIndex) {
        for (int i = bindIndex + 1; i < batch.size(); i++) {
            Frame frame = batch.frame(i);
            if (frame.tag() == FrontendTag.EXECUTE.code()) {
                return executes(frame, portal) ? i : bindIndex;
            } else if (frame.tag() != FrontendTag.DESCRIBE.code()) {
                return bindIndex;
            }
        }
        return bindIndex;
    }

    /** One that cannot be read runs nothing: it is refused where it stands, and what is before it is answered. */
    private static boolean executes(Frame frame, String portal) {
        try {
            return FrontendMessage.Execute.of(frame).portal().equals(portal);
        } catch (ProtocolViolation malformed) {
            return false;
        }
    }

    /** @param answeredAt the message whose answer confirms what the texts do to names */
    private void runs(int index, int refuseAt, int answeredAt, List<SqlText> candidates) {
        NameResolution.Result resolved = names.resolve(candidates);
        if (resolved.unknown() != null) {
            points.add(Judgeable.refused(index, Problem.unknownStatement(resolved.unknown())));
            return;
        }
        points.add(Judgeable.of(index, refuseAt, resolved.texts()));
        if (NameResolution.allPlain(resolved.texts())) {
            resolved.texts().forEach(texts::runs);
            return;
        }
        noteChanges(index, answeredAt, candidates, resolved.texts());
        for (SqlText text : resolved.texts()) {
            texts.runs(text);
            if (!sameNames()) {
                NameResolution.namesOf(text).forEach(name -> refuseUnclearName(index, name));
            }
        }
    }

    /**
     * A text that may be prepared is one more candidate. A name is forgotten only where nothing else can have caused the
     * command tag that will say so: one text, read in one way, of one statement.
     */
    private void noteChanges(int index, int answeredAt, List<SqlText> candidates, List<SqlText> all) {
        boolean certain = all.size() == 1 && candidates.get(0).statements().size() == 1;
        for (SqlText text : all) {
            for (NameResolution.Change change : NameResolution.changes(text)) {
                if (change.prepares()) {
                    if (prepared.full()) {
                        points.add(Judgeable.refused(index, Problem.tooManyStatements()));
                    }
                    changes.add(new NameChange(answeredAt, change.name(), text));
                } else if (certain || change.name() == null) {
                    changes.add(new NameChange(answeredAt, change.name(), null));
                }
            }
        }
    }

    private boolean sameNames() {
        return utf8 && !texts.inDoubt();
    }

    /** Converted between encodings, two names can become one: outside ASCII a name must be the same bytes throughout. */
    private void refuseUnclearName(int index, String name) {
        if (!sameNames() && !isAscii(name)) {
            points.add(Judgeable.refused(index, Problem.unclearName()));
        }
    }

    private static boolean isAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
