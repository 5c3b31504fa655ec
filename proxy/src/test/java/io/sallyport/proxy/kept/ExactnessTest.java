package io.sallyport.proxy.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.TableName;
import io.sallyport.policies.effects.Effects;
import io.sallyport.policies.effects.TableEffect;
import io.sallyport.proxy.kept.TouchedRows.Verb;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whether exactly what was touched was kept is told from the server's own numbers. */
final class ExactnessTest {
    private static final TableName T = new TableName("public", "t");
    private static final TableName LOG = new TableName("public", "log");

    private static Exactness of(Verb verb, KeptCount count, long left, Effects effects) {
        TableShape shape =
                new TableShape(1, T, T, Set.of("public.t"), List.of(), List.of(), List.of("id"), "fingerprint");
        Prepared prepared = new Prepared("shop", "alice", verb, List.of(new Prepared.Table("k_1", shape)));
        return new Exactness(prepared, List.of(count), List.of(left), effects);
    }

    private static @Nullable String objection(Verb verb, long kept, long left, TableEffect... effects) {
        long after = verb == Verb.UPDATE ? kept : 0;
        return of(
                        verb,
                        new KeptCount(kept, after, "7"),
                        left,
                        new Effects(List.of(effects), List.of(), List.of(), null))
                .objection();
    }

    private static TableEffect effect(TableName table, long inserted, long updated, long deleted) {
        return new TableEffect(table, inserted, updated, deleted);
    }

    @Test
    void as_many_rows_as_were_kept_are_exact() {
        assertThat(objection(Verb.DELETE, 3, 0, effect(T, 0, 0, 3))).isNull();
        assertThat(objection(Verb.UPDATE, 3, 0, effect(T, 0, 3, 0))).isNull();
        assertThat(objection(Verb.DELETE, 0, 0)).isNull();
        assertThat(objection(Verb.TRUNCATE, 3, 0, effect(T, 0, 0, -2))).isNull();
    }

    @Test
    void one_row_more_or_less_is_not() {
        assertThat(objection(Verb.DELETE, 3, 0, effect(T, 0, 0, 4)))
                .isEqualTo("it touched 4 rows of t, and 3 were kept");
        assertThat(objection(Verb.DELETE, 3, 0, effect(T, 0, 0, 2))).contains("2 rows of t");
        assertThat(objection(Verb.DELETE, 3, 0)).contains("counted no rows");
        assertThat(objection(Verb.DELETE, 0, 0, effect(T, 0, 0, 1))).contains("1 row of t");
    }

    @Test
    void kept_row_that_is_still_there_is_not_what_was_touched() {
        assertThat(objection(Verb.DELETE, 3, 1, effect(T, 0, 0, 3)))
                .contains("1 row of t that were kept are as they were");
        assertThat(objection(Verb.TRUNCATE, 3, 1)).contains("as they were");
    }

    @Test
    void rows_that_are_written_in_another_way_are_not_kept() {
        assertThat(objection(Verb.DELETE, 3, 0, effect(T, 0, 1, 3))).contains("in another way");
        assertThat(objection(Verb.UPDATE, 3, 0, effect(T, 1, 3, 1))).contains("in another way");
        assertThat(objection(Verb.TRUNCATE, 3, 0, effect(T, 1, 0, 0))).contains("in another way");
        assertThat(objection(Verb.DELETE, 3, 0, effect(T, 0, 0, 3), effect(LOG, 0, 0, 1)))
                .isEqualTo("it also changed or deleted 1 row of log, by a trigger or a foreign key");
        assertThat(objection(Verb.DELETE, 3, 0, effect(T, 0, 0, 3), effect(LOG, 0, 2, 0)))
                .contains("2 rows of log");
    }

    @Test
    void rows_that_a_trigger_adds_elsewhere_are_told_and_let_be() {
        Exactness exactness = of(
                Verb.DELETE,
                new KeptCount(3, 0, "7"),
                0,
                new Effects(List.of(effect(T, 0, 0, 3), effect(LOG, 3, 0, 0)), List.of(), List.of(), null));
        assertThat(exactness.objection()).isNull();
        assertThat(exactness.beside()).containsExactly("3 rows added to log by a trigger");
    }

    @Test
    void key_that_has_changed_and_somebody_elses_rows_are_refused() {
        Effects updated = new Effects(List.of(effect(T, 0, 3, 0)), List.of(), List.of(), null);
        assertThat(of(Verb.UPDATE, new KeptCount(3, 2, "7"), 0, updated).objection())
                .isEqualTo("it changed the key of 1 row of t");
        assertThat(of(Verb.UPDATE, new KeptCount(3, 3, null), 0, updated).objection())
                .contains("somebody else");
    }

    @Test
    void catalogs_and_locks_are_for_truncate_alone_and_its_own_tables() {
        TableEffect file = effect(new TableName("pg_catalog", "pg_class"), 0, 1, 0);
        TableEffect other = effect(new TableName("pg_catalog", "pg_proc"), 1, 0, 0);
        KeptCount count = new KeptCount(3, 0, "7");
        assertThat(of(Verb.TRUNCATE, count, 0, new Effects(List.of(), List.of(file), List.of("public.t"), null))
                        .objection())
                .isNull();
        assertThat(of(Verb.TRUNCATE, count, 0, new Effects(List.of(), List.of(file), List.of("public.u"), null))
                        .objection())
                .isEqualTo("it also emptied, altered or dropped public.u");
        assertThat(of(Verb.TRUNCATE, count, 0, new Effects(List.of(), List.of(other), List.of(), null))
                        .objection())
                .contains("pg_proc");
        assertThat(of(Verb.DELETE, count, 0, new Effects(List.of(effect(T, 0, 0, 3)), List.of(file), List.of(), null))
                        .objection())
                .contains("pg_class");
        assertThat(of(Verb.DELETE, count, 0, Effects.unmeasured("track_counts")).objection())
                .contains("track_counts");
    }

    @Test
    void what_was_kept_is_no_effect_of_the_clients() {
        Effects with = new Effects(
                List.of(effect(T, 0, 0, 3), effect(new TableName("sallyport_kept", "k_1"), 3, 0, 0)),
                List.of(),
                List.of(),
                null);
        assertThat(Exactness.without(with).tables()).containsExactly(effect(T, 0, 0, 3));
    }
}
