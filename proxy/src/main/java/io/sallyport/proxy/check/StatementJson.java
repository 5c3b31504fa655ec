package io.sallyport.proxy.check;

import io.sallyport.policies.analysis.ObjectName;
import io.sallyport.policies.analysis.SettingChange;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.TableName;
import io.sallyport.policies.decision.Verdict;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** One statement as an object of the stable contract (docs/check.md): keys are only ever added, at the end. */
final class StatementJson {
    private final JsonGenerator json;

    StatementJson(JsonGenerator json) {
        this.json = json;
    }

    void statement(Report.Located located) {
        json.writeStartObject();
        judged(located.judged());
        json.writeNumberProperty("line", located.line());
        json.writeNumberProperty("column", located.column());
        json.writeEndObject();
    }

    private void judged(Judged judged) {
        StatementFacts facts = judged.facts();
        facts(facts);
        json.writeArrayPropertyStart("nested");
        for (Judged inner : judged.nested()) {
            json.writeStartObject();
            judged(inner);
            json.writeEndObject();
        }
        json.writeEndArray();
        Verdict verdict = judged.verdict();
        json.writeStringProperty("decision", verdict.decision().label());
        json.writeStringProperty("rule", verdict.rule());
        json.writeStringProperty("text", facts.text());
        more(facts);
        optional("message", verdict.message());
    }

    private void facts(StatementFacts facts) {
        json.writeStringProperty("kind", facts.kind().label());
        json.writeStringProperty("class", facts.statementClass().label());
        json.writeBooleanProperty("destructive", facts.destructive());
        json.writeArrayPropertyStart("tables");
        for (TableName table : facts.tables()) {
            json.writeString(table.toString());
        }
        json.writeEndArray();
        optional("where", facts.where() == null ? null : facts.where().label());
        json.writeArrayPropertyStart("functions");
        for (String function : facts.functions()) {
            json.writeString(function);
        }
        json.writeEndArray();
    }

    private void more(StatementFacts facts) {
        json.writeArrayPropertyStart("objects");
        for (ObjectName object : facts.objects()) {
            json.writeStartObject();
            json.writeStringProperty("type", object.type());
            json.writeStringProperty("name", object.toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("settings");
        for (SettingChange setting : facts.settings()) {
            json.writeStartObject();
            json.writeStringProperty("name", setting.name());
            optional("value", setting.value());
            json.writeStringProperty("scope", setting.scope().label());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanProperty("cascade", facts.cascade());
        json.writeBooleanProperty("transactional", facts.transactional());
        json.writeArrayPropertyStart("deferred");
        for (StatementFacts inner : facts.deferred()) {
            deferred(inner);
        }
        json.writeEndArray();
        optional("unreadable", facts.unreadable());
    }

    /** Writes that do not run with the statement are not judged with it: no decision and no rule. */
    private void deferred(StatementFacts facts) {
        json.writeStartObject();
        facts(facts);
        json.writeArrayPropertyStart("nested");
        for (StatementFacts inner : facts.nested()) {
            deferred(inner);
        }
        json.writeEndArray();
        json.writeStringProperty("text", facts.text());
        more(facts);
        json.writeEndObject();
    }

    private void optional(String key, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(key);
        } else {
            json.writeStringProperty(key, value);
        }
    }
}
