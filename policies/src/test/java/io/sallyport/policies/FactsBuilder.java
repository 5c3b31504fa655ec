package io.sallyport.policies;

import io.sallyport.policies.analysis.ObjectName;
import io.sallyport.policies.analysis.SettingChange;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import java.util.List;

/** Facts without a text, for what a rule makes of them. */
final class FactsBuilder {
    private final StatementKind kind;
    private List<ObjectName> objects = List.of();
    private List<SettingChange> settings = List.of();
    private List<StatementFacts> nested = List.of();
    private List<StatementFacts> deferred = List.of();
    private boolean cascade;
    private boolean transactional = true;

    FactsBuilder(StatementKind kind) {
        this.kind = kind;
    }

    FactsBuilder objects(ObjectName... names) {
        objects = List.of(names);
        return this;
    }

    FactsBuilder settings(SettingChange... changes) {
        settings = List.of(changes);
        return this;
    }

    FactsBuilder nested(StatementFacts... writes) {
        nested = List.of(writes);
        return this;
    }

    FactsBuilder deferred(StatementFacts... writes) {
        deferred = List.of(writes);
        return this;
    }

    FactsBuilder cascade() {
        cascade = true;
        return this;
    }

    FactsBuilder notTransactional() {
        transactional = false;
        return this;
    }

    StatementFacts build() {
        return new StatementFacts(
                kind,
                kind.ownClass(),
                false,
                List.of(),
                objects,
                null,
                cascade,
                List.of(),
                settings,
                nested,
                deferred,
                transactional,
                null,
                null,
                null,
                false,
                0,
                0,
                "");
    }
}
