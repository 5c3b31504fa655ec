package io.sallyport.proxy.check;

import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.decision.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** One object a string. The strictest decision stands first, so that a string's statements wait in a spool until it is known. */
public final class JsonReport implements Report {
    /** How the objects follow each other. */
    public enum Layout {
        /** One object a line. */
        LINES,
        /** One object, for one string. */
        OBJECT,
        /** One array of objects. */
        ARRAY
    }

    private static final int CHECK_EVERY = 256;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .rootValueSeparator("")
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();
    private static final Verdict NOTHING = new Verdict(Decision.ALLOW, "default", Terms.NONE);

    private final PrintWriter out;
    private final Layout layout;
    private final Tally tally;
    private final Spool spool = new Spool();
    private final JsonGenerator body = FACTORY.createGenerator(ObjectWriteContext.empty(), spool);
    private final JsonGenerator head;
    private final StatementJson statements = new StatementJson(body);
    private @Nullable Verdict verdict;
    private @Nullable String problem;
    private boolean readable;
    private long strings;

    public JsonReport(PrintWriter out, Layout layout, Tally tally) {
        this.out = out;
        this.layout = layout;
        this.tally = tally;
        this.head = FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    @Override
    public void begin(String source) {
        body.writeStartArray();
        verdict = null;
        problem = null;
        readable = true;
    }

    @Override
    public void statement(Located statement) {
        Judged judged = statement.judged();
        tally.statement(judged.verdict().decision());
        verdict = verdict == null ? judged.verdict() : verdict.strictest(judged.verdict());
        readable &= judged.facts().readable();
        statements.statement(statement);
    }

    @Override
    public void broken(String why) {
        tally.broken();
        problem = problem == null ? why : problem;
    }

    @Override
    public void end() throws IOException {
        body.writeEndArray();
        body.flush();
        out.write(between());
        strings++;
        head.writeStartObject();
        if (problem == null) {
            Verdict strictest = verdict == null ? NOTHING : verdict;
            head.writeStringProperty("decision", strictest.decision().label());
            head.writeStringProperty("rule", strictest.rule());
        } else {
            head.writeStringProperty("error", problem);
            head.writeStringProperty("decision", Decision.DENY.label());
        }
        head.writeBooleanProperty("readable", readable && problem == null);
        head.writeName("statements");
        head.writeRawValue("");
        head.flush();
        spool.drainTo(out);
        head.writeEndObject();
        head.flush();
        if (layout == Layout.LINES) {
            out.write('\n');
        }
        if (strings % CHECK_EVERY == 0 && out.checkError()) {
            throw new IOException("standard output cannot be written");
        }
    }

    private String between() {
        return switch (layout) {
            case LINES, OBJECT -> "";
            case ARRAY -> strings == 0 ? "[\n" : ",\n";
        };
    }

    @Override
    public void finish() {
        out.write(
                switch (layout) {
                    case LINES -> "";
                    case OBJECT -> "\n";
                    case ARRAY -> strings == 0 ? "[]\n" : "\n]\n";
                });
        out.flush();
    }
}
