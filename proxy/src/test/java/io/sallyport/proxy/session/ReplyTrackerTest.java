package io.sallyport.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.proxy.batch.PreparedStatements;
import io.sallyport.proxy.console.ConsoleResult;
import io.sallyport.proxy.session.Slot.Kind;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplyTrackerTest {
    private final ReplyTracker tracker = new ReplyTracker(new PreparedStatements(10));

    @Test
    void replies_come_in_the_order_of_the_messages() {
        expect(Kind.PARSE, Kind.BIND, Kind.DESCRIBE, Kind.EXECUTE, Kind.CLOSE, Kind.SYNC);
        tracker.completed(Kind.PARSE, (byte) '1');
        tracker.completed(Kind.BIND, (byte) '2');
        tracker.completed(Kind.DESCRIBE, (byte) 'T');
        tracker.completed(Kind.EXECUTE, (byte) 'C');
        tracker.completed(Kind.CLOSE, (byte) '3');
        assertThat(tracker.settled()).isFalse();
        assertThat(Objects.requireNonNull(tracker.ready()).kind).isEqualTo(Kind.SYNC);
        assertThat(tracker.settled()).isTrue();
        assertThat(tracker.atBoundary()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"PARSE", "BIND", "DESCRIBE", "EXECUTE", "CLOSE"})
    void an_error_of_the_extended_protocol_skips_to_the_sync(Kind failing) {
        expect(failing, Kind.BIND, Kind.EXECUTE, Kind.QUERY, Kind.FUNCTION_CALL, Kind.SYNC, Kind.QUERY);
        assertThat(Objects.requireNonNull(tracker.failed()).kind).isEqualTo(failing);
        assertThat(tracker.skipping()).isFalse();
        assertThat(head()).isEqualTo(Kind.SYNC);
        tracker.ready();
        assertThat(head()).isEqualTo(Kind.QUERY);
    }

    @Test
    void an_error_whose_sync_has_not_come_skips_what_still_comes() {
        expect(Kind.PARSE, Kind.BIND);
        tracker.failed();
        assertThat(tracker.skipping()).isTrue();
        assertThat(tracker.settled()).isTrue();
        assertThat(tracker.atBoundary()).isFalse();
        expect(Kind.BIND, Kind.EXECUTE, Kind.QUERY, Kind.FUNCTION_CALL);
        assertThat(tracker.settled()).isTrue();
        expect(Kind.SYNC);
        assertThat(tracker.skipping()).isFalse();
        assertThat(head()).isEqualTo(Kind.SYNC);
    }

    @ParameterizedTest
    @EnumSource(names = {"QUERY", "SYNC", "FUNCTION_CALL"})
    void any_other_error_is_followed_by_its_ready_for_query(Kind failing) {
        expect(failing, Kind.PARSE);
        assertThat(Objects.requireNonNull(tracker.failed()).kind).isEqualTo(failing);
        assertThat(head()).isEqualTo(failing);
        assertThat(Objects.requireNonNull(tracker.ready()).kind).isEqualTo(failing);
        assertThat(head()).isEqualTo(Kind.PARSE);
    }

    @Test
    void an_error_when_nothing_was_asked_belongs_to_no_slot() {
        assertThat(tracker.failed()).isNull();
        assertThat(tracker.skipping()).isFalse();
    }

    @Test
    void a_reply_that_was_not_asked_for_is_a_violation() {
        assertThatThrownBy(() -> tracker.completed(Kind.EXECUTE, (byte) 'C'))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("unexpected reply 'C' of the server: expected none");
        expect(Kind.PARSE);
        assertThatThrownBy(() -> tracker.completed(Kind.BIND, (byte) '2'))
                .hasMessage("unexpected reply '2' of the server: expected that to PARSE");
        assertThatThrownBy(tracker::ready).hasMessage("unexpected reply 'Z' of the server: expected that to PARSE");
    }

    @Test
    void a_boundary_is_where_ready_for_query_was_the_last_word() {
        assertThat(tracker.atBoundary()).isTrue();
        expect(Kind.PARSE);
        assertThat(tracker.atBoundary()).isFalse();
        tracker.completed(Kind.PARSE, (byte) '1');
        assertThat(tracker.atBoundary()).as("no Sync yet").isFalse();
        expect(Kind.SYNC);
        assertThat(tracker.atBoundary()).isFalse();
        tracker.ready();
        assertThat(tracker.atBoundary()).isTrue();
    }

    /** On PostgreSQL 18 the implicit transaction goes on behind it: a Sync of ours would commit it. */
    @Test
    void a_query_in_mid_pipeline_makes_no_boundary() {
        expect(Kind.PARSE, Kind.QUERY);
        tracker.completed(Kind.PARSE, (byte) '1');
        tracker.ready();
        assertThat(tracker.settled()).isTrue();
        assertThat(tracker.atBoundary()).isFalse();
    }

    @Test
    void syncs_sent_behind_a_copy_are_never_answered() {
        expect(Kind.EXECUTE, Kind.SYNC, Kind.SYNC);
        tracker.copyInStarted();
        assertThat(head()).isEqualTo(Kind.EXECUTE);
        tracker.copyEndSent();
        expect(Kind.SYNC);
        tracker.completed(Kind.EXECUTE, (byte) 'C');
        assertThat(head()).isEqualTo(Kind.SYNC);
        tracker.ready();
        assertThat(tracker.settled()).isTrue();
    }

    @Test
    void a_sync_sent_during_a_copy_is_not_expected_to_be_answered() {
        expect(Kind.EXECUTE);
        tracker.copyInStarted();
        expect(Kind.SYNC);
        tracker.completed(Kind.EXECUTE, (byte) 'C');
        assertThat(tracker.settled()).isTrue();
    }

    /** The client sent all of it before the server said CopyInResponse. */
    @Test
    void a_sync_behind_the_end_of_the_copy_is_answered_although_the_copy_began_later() {
        expect(Kind.EXECUTE);
        tracker.copyEndSent();
        expect(Kind.SYNC);
        tracker.copyInStarted();
        tracker.completed(Kind.EXECUTE, (byte) 'C');
        assertThat(head()).isEqualTo(Kind.SYNC);
    }

    @Test
    void an_error_in_a_copy_ends_it() {
        expect(Kind.EXECUTE);
        tracker.copyInStarted();
        tracker.failed();
        assertThat(tracker.skipping()).isTrue();
        expect(Kind.SYNC);
        assertThat(head()).isEqualTo(Kind.SYNC);
    }

    @Test
    void a_stray_end_of_copy_owes_no_reply() {
        tracker.copyEndSent();
        assertThat(tracker.settled()).isTrue();
        expect(Kind.QUERY);
        tracker.copyEndSent();
        tracker.ready();
        assertThat(tracker.settled()).isTrue();
    }

    @Test
    void a_copy_that_failed_with_a_sync_in_it_is_followed_by_the_end_or_by_nothing_that_can_be_counted() {
        expect(Kind.QUERY);
        tracker.copyInStarted();
        expect(Kind.SYNC);
        assertThat(Objects.requireNonNull(tracker.failed()).kind).isEqualTo(Kind.QUERY);
        assertThat(Objects.requireNonNull(tracker.failed()).kind)
                .as("the server ends the session itself")
                .isEqualTo(Kind.QUERY);
        assertThatThrownBy(tracker::ready)
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("cannot be counted");
    }

    @Test
    void rows_of_our_own_crowd_it_until_their_place_has_come() {
        Slot slot = new Slot(Kind.QUERY);
        slot.rows = new ConsoleResult(List.of(List.of("x".repeat(1 << 20))));
        tracker.expect(slot);
        assertThat(tracker.isCrowded()).isTrue();
        tracker.ready();
        assertThat(tracker.isCrowded()).isFalse();
    }

    @Test
    void abandoning_leaves_nothing_owed() {
        expect(Kind.PARSE, Kind.QUERY, Kind.SYNC);
        tracker.abandon();
        assertThat(tracker.settled()).isTrue();
    }

    private void expect(Kind... kinds) {
        for (Kind kind : kinds) {
            tracker.expect(new Slot(kind));
        }
    }

    private Kind head() {
        return Objects.requireNonNull(tracker.head()).kind;
    }
}
