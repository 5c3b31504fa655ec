package io.sallyport.proxy.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.batch.PreparedStatements.Proposal;
import org.junit.jupiter.api.Test;

class PreparedStatementsTest {
    private static final SqlText ONE = Batches.text("SELECT 1");
    private static final SqlText TWO = Batches.text("SELECT 2");

    private final PreparedStatements prepared = new PreparedStatements(3);

    @Test
    void a_name_that_nobody_prepared_stands_for_nothing() {
        assertThat(prepared.candidates("s")).isEmpty();
    }

    @Test
    void until_the_server_agrees_the_old_text_and_the_new_are_both_candidates() {
        prepared.confirm(prepared.propose("s", ONE));
        Proposal proposal = prepared.propose("s", TWO);
        assertThat(prepared.candidates("s")).containsExactly(ONE, TWO);
        prepared.confirm(proposal);
        assertThat(prepared.candidates("s")).containsExactly(TWO);
    }

    @Test
    void what_the_server_refused_leaves_the_old_text() {
        prepared.confirm(prepared.propose("s", ONE));
        prepared.abandon(prepared.propose("s", TWO));
        assertThat(prepared.candidates("s")).containsExactly(ONE);
    }

    @Test
    void a_proposal_is_settled_once() {
        Proposal proposal = prepared.propose("s", ONE);
        prepared.abandon(proposal);
        prepared.confirm(proposal);
        prepared.abandon(proposal);
        assertThat(prepared.candidates("s")).isEmpty();
        assertThat(prepared.full()).isFalse();
    }

    @Test
    void several_proposals_for_one_name_are_all_candidates() {
        prepared.propose("s", ONE);
        prepared.propose("s", TWO);
        assertThat(prepared.candidates("s")).containsExactly(ONE, TWO);
    }

    @Test
    void forgetting_concerns_one_name_or_all() {
        prepared.confirm(prepared.propose("a", ONE));
        prepared.confirm(prepared.propose("b", TWO));
        prepared.forget("a");
        assertThat(prepared.candidates("a")).isEmpty();
        assertThat(prepared.candidates("b")).containsExactly(TWO);
        prepared.forget(null);
        assertThat(prepared.candidates("b")).isEmpty();
    }

    /** They are behind the DEALLOCATE ALL in the pipeline. */
    @Test
    void forgetting_all_leaves_what_is_still_proposed() {
        prepared.propose("s", ONE);
        prepared.forget(null);
        assertThat(prepared.candidates("s")).containsExactly(ONE);
    }

    @Test
    void names_are_bounded_with_those_that_are_only_proposed() {
        prepared.confirm(prepared.propose("a", ONE));
        prepared.propose("b", ONE);
        assertThat(prepared.full()).isFalse();
        Proposal third = prepared.propose("c", ONE);
        assertThat(prepared.full()).isTrue();
        prepared.abandon(third);
        assertThat(prepared.full()).isFalse();
    }

    @Test
    void texts_are_bounded_in_bytes_and_the_bytes_come_back() {
        PreparedStatements many = new PreparedStatements(1_000);
        SqlText large = Batches.text("SELECT '" + "x".repeat(16 << 20) + "'");
        for (int i = 0; i < 3; i++) {
            many.confirm(many.propose("s" + i, large));
            many.confirm(many.propose("s" + i, large));
        }
        assertThat(many.full()).isFalse();
        many.confirm(many.propose("s3", large));
        assertThat(many.full()).isTrue();
        many.forget("s0");
        assertThat(many.full()).isFalse();
        many.forget(null);
        Proposal again = many.propose("s0", large);
        many.abandon(again);
        assertThat(many.full()).isFalse();
    }
}
