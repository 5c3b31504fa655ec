package io.sallyport.proxy.store.hold;

import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.HoldState;
import io.sallyport.proxy.hold.Outcome;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.hold.StoredHold;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The statements on the table of holds, each within somebody's transaction. A hold is known by its code and the time
 * when it opened: a code that two replicas drew is one row, and no vote of one of them counts for the other.
 */
final class HoldTable {
    private static final String COLUMNS = "code, replica, version, state, request, votes, opened_at, expires_at,"
            + " ended_at, ended_by, detail, outcome, outcome_state";
    private static final int LONGEST_DETAIL = 4_000;
    private static final int LONGEST_NAMES = 2_000;

    private HoldTable() {}

    /** Writes a hold down as it is; false where it is there already. */
    static boolean insert(Handle handle, Hold hold, String replica, Instant now) {
        HoldState state = hold.now();
        boolean over = state.resolution() != null;
        return bind(
                                handle.createUpdate("INSERT INTO hold (code, replica, version, state, request, votes,"
                                        + " mentions, opened_at, expires_at, claimed_at, ended_at, ended_by, detail,"
                                        + " outcome, outcome_state) VALUES (:code, :replica, :version, :state, :request,"
                                        + " :votes, :mentions, :opened, :expires, NULL, :ended, :by, :detail, :outcome,"
                                        + " :outcome_state) ON CONFLICT DO NOTHING"),
                                state)
                        .bind("code", hold.code().value())
                        .bind("replica", replica)
                        .bind("version", state.version())
                        .bind("request", HoldJson.request(over ? hold.request().remembered() : hold.request()))
                        .bind("mentions", mentions(hold, state))
                        .bind("opened", HoldRow.time(hold.openedAt()))
                        .bind("expires", HoldRow.time(hold.expiresAt()))
                        .bind("ended", over ? HoldRow.time(now) : null)
                        .bind("outcome", HoldJson.tags(hold.outcome()))
                        .bind("outcome_state", sqlState(hold.outcome()))
                        .execute()
                == 1;
    }

    /** How it ended, by the word of the replica where it waited, whatever others thought; its parameters are gone with it. */
    static boolean settle(Handle handle, Hold hold, String replica, Instant now) {
        HoldState state = hold.now();
        return bindEnd(
                                handle.createUpdate(
                                        "UPDATE hold SET version = version + 1, state = :state,"
                                                + " request = :request, mentions = :mentions, ended_at = COALESCE(ended_at, :now),"
                                                + " ended_by = :by, detail = :detail, outcome = :outcome,"
                                                + " outcome_state = :outcome_state WHERE code = :code AND opened_at = :opened AND replica = :replica"),
                                state)
                        .bind("request", HoldJson.request(hold.request().remembered()))
                        .bind("mentions", mentions(hold, state))
                        .bind("now", HoldRow.time(now))
                        .bind("outcome", HoldJson.tags(hold.outcome()))
                        .bind("outcome_state", sqlState(hold.outcome()))
                        .bind("code", hold.code().value())
                        .bind("opened", HoldRow.time(hold.openedAt()))
                        .bind("replica", replica)
                        .execute()
                == 1;
    }

    /** @param replica the one that asks: where it waits there, a release is claimed with it */
    static boolean replace(Handle handle, Hold hold, HoldState before, HoldState after, String replica, Instant now) {
        boolean over = after.resolution() != null;
        return bind(
                                handle.createUpdate("UPDATE hold SET version = :next, state = :state, votes = :votes,"
                                        + " mentions = :mentions, ended_at = :ended, ended_by = :by, detail = :detail,"
                                        + " claimed_at = CASE WHEN replica = :replica THEN CAST(:claimed AS timestamp(3) with time zone) END"
                                        + " WHERE code = :code AND opened_at = :opened AND version = :version"
                                        + " AND state = 'waiting'"),
                                after)
                        .bind("next", after.version())
                        .bind("mentions", mentions(hold, after))
                        .bind("ended", over ? HoldRow.time(now) : null)
                        .bind("claimed", over ? HoldRow.time(now) : null)
                        .bind("replica", replica)
                        .bind("code", hold.code().value())
                        .bind("opened", HoldRow.time(hold.openedAt()))
                        .bind("version", before.version())
                        .execute()
                == 1;
    }

    private static Update bind(Update update, HoldState state) {
        return bindEnd(update, state).bind("votes", HoldJson.votes(state.votes()));
    }

    private static Update bindEnd(Update update, HoldState state) {
        Resolution how = state.resolution();
        return update.bind("state", how == null ? HoldRow.WAITING : how.label())
                .bind("by", how == null ? null : cut(how.person(), LONGEST_NAMES))
                .bind("detail", how == null ? null : cut(how.detail(), LONGEST_DETAIL));
    }

    static boolean claim(Handle handle, Hold hold, String replica, Instant now) {
        return handle.createUpdate(
                                "UPDATE hold SET claimed_at = COALESCE(claimed_at, :now) WHERE code = :code"
                                        + " AND opened_at = :opened AND replica = :replica AND state IN ('approved', 'break_glass')")
                        .bind("now", HoldRow.time(now))
                        .bind("code", hold.code().value())
                        .bind("opened", HoldRow.time(hold.openedAt()))
                        .bind("replica", replica)
                        .execute()
                == 1;
    }

    static Optional<HoldState> state(Handle handle, Hold hold) {
        return handle.createQuery("SELECT version, state, votes, ended_by, detail FROM hold WHERE code = :code"
                        + " AND opened_at = :opened")
                .bind("code", hold.code().value())
                .bind("opened", HoldRow.time(hold.openedAt()))
                .map((row, context) -> HoldRow.state(row))
                .findOne();
    }

    static Optional<StoredHold> find(Handle handle, HoldCode code) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM hold WHERE code = :code")
                .bind("code", code.value())
                .map((row, context) -> HoldRow.read(row))
                .findOne();
    }

    static List<StoredHold> history(Handle handle, String search, int most) {
        // "^" escapes: a search for 100% is one for three digits and a sign.
        String like = "%" + search.replaceAll("([%_^])", "^$1") + "%";
        return handle.createQuery("SELECT " + COLUMNS + " FROM hold WHERE ended_at IS NOT NULL"
                        + " AND mentions LIKE :like ESCAPE '^' ORDER BY ended_at DESC, code LIMIT :most")
                .bind("like", like)
                .bind("most", most)
                .map((row, context) -> HoldRow.read(row))
                .list();
    }

    /** What a search looks at, in lower case. */
    private static String mentions(Hold hold, HoldState state) {
        HoldRequest request = hold.request().remembered();
        Resolution how = state.resolution();
        String person = how == null ? null : how.person();
        return String.join(
                        "\n",
                        hold.code().value(),
                        how == null ? HoldRow.WAITING : how.label(),
                        request.requester(),
                        request.database(),
                        request.application(),
                        request.rule(),
                        request.texts(),
                        person == null ? "" : person,
                        how == null ? "" : how.detail())
                .toLowerCase(Locale.ROOT)
                // No text of PostgreSQL's.
                .replace('\0', ' ');
    }

    private static @Nullable String sqlState(@Nullable Outcome outcome) {
        return outcome == null ? null : outcome.sqlState();
    }

    private static @Nullable String cut(@Nullable String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest);
    }
}
