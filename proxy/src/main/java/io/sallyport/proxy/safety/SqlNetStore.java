package io.sallyport.proxy.safety;

import io.sallyport.policies.decision.SafetyNet;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.store.ControlDatabase;
import io.sallyport.proxy.store.StoreUnavailable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** In the control database. */
public final class SqlNetStore implements NetStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ControlDatabase database;
    private final Duration keep;
    private final Clock clock;

    /** @param keep for how long a net is remembered */
    public SqlNetStore(ControlDatabase database, Duration keep, Clock clock) {
        this.database = database;
        this.keep = keep;
        this.clock = clock;
    }

    @Override
    public void keep(HoldCode code, KeptNet net) throws StoreUnavailable {
        Instant old = clock.instant().minus(keep);
        database.call(handle -> {
            handle.createUpdate("DELETE FROM kept_net WHERE kept_at < :old")
                    .bind("old", old.atOffset(ZoneOffset.UTC))
                    .execute();
            return handle.createUpdate(
                            "INSERT INTO kept_net (code, net, kept_at, detail) VALUES (:code, :net, :at, :detail)")
                    .bind("code", code.value())
                    .bind("net", net.net().label())
                    .bind("at", net.at().atOffset(ZoneOffset.UTC))
                    .bind("detail", detail(net))
                    .execute();
        });
    }

    @Override
    public boolean change(HoldCode code, KeptRows from, KeptRows to) throws StoreUnavailable {
        return database.call(handle -> handle.createUpdate(
                                "UPDATE kept_net SET detail = :to WHERE code = :code AND net = :net AND detail = :from")
                        .bind("to", detail(to))
                        .bind("code", code.value())
                        .bind("net", from.net().label())
                        .bind("from", detail(from))
                        .execute())
                == 1;
    }

    @Override
    public Map<KeptRows, HoldCode> rows() throws StoreUnavailable {
        return database.call(handle -> {
            Map<KeptRows, HoldCode> found = new LinkedHashMap<>();
            handle.createQuery("SELECT code, net, kept_at, detail FROM kept_net WHERE net = :net ORDER BY kept_at")
                    .bind("net", SafetyNet.KEEP_ROWS.label())
                    .map((row, context) -> Map.entry(HoldCode.parse(row.getString("code")), read(row)))
                    .forEach(row -> {
                        if (row.getValue().orElse(null) instanceof KeptRows rows
                                && rows.state() != KeptRows.State.DROPPED) {
                            found.put(rows, row.getKey());
                        }
                    });
            return found;
        });
    }

    @Override
    public List<KeptNet> of(HoldCode code) throws StoreUnavailable {
        return database
                .call(handle -> handle.createQuery(
                                "SELECT net, kept_at, detail FROM kept_net WHERE code = :code ORDER BY kept_at")
                        .bind("code", code.value())
                        .map((row, context) -> read(row))
                        .list())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static String detail(KeptNet net) {
        if (net instanceof RestorePoint point) {
            return JSON.writeValueAsString(Map.of("name", point.name(), "lsn", point.lsn()));
        }
        return JSON.writeValueAsString(net);
    }

    /** Nothing where a newer replica kept what this one does not know. */
    private static Optional<KeptNet> read(ResultSet row) throws SQLException {
        if (row.getString("net").equals(SafetyNet.KEEP_ROWS.label())) {
            try {
                return Optional.of(JSON.readValue(row.getString("detail"), KeptRows.class));
            } catch (JacksonException unknown) {
                return Optional.empty();
            }
        } else if (!row.getString("net").equals(SafetyNet.RESTORE_POINT.label())) {
            return Optional.empty();
        }
        Map<String, String> detail = JSON.readValue(row.getString("detail"), new TypeReference<>() {});
        Instant at = row.getObject("kept_at", OffsetDateTime.class).toInstant();
        return Optional.of(new RestorePoint(detail.getOrDefault("name", ""), detail.getOrDefault("lsn", ""), at));
    }
}
