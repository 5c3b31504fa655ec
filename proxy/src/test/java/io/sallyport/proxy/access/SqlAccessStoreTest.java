package io.sallyport.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.config.ControlSettings;
import io.sallyport.proxy.session.fakes.ManualLoop;
import io.sallyport.proxy.store.ControlDatabase;
import io.sallyport.proxy.store.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SqlAccessStoreTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration KEEP = Duration.ofDays(90);

    private final ManualLoop time = new ManualLoop();
    private final ControlDatabase database;
    private final SqlAccessStore tokens;

    SqlAccessStoreTest() throws IOException {
        database = ControlDatabase.open(ControlSettings.IN_MEMORY, time.clock());
        tokens = new SqlAccessStore(database, KEEP, time.clock());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static AccessOwner owner(String role) {
        return new AccessOwner(role, null, null, Set.of(role));
    }

    private AccessStore.Made make(String role) throws StoreUnavailable {
        return tokens.make(owner(role), "ci", DAY).orElseThrow();
    }

    @Test
    void the_secret_proves_its_owner_until_it_expires() throws StoreUnavailable {
        AccessStore.Made made = make("bob");
        String secret = made.secret().text();
        assertThat(secret).matches("sp_[A-Za-z0-9_-]{32}");
        assertThat(made.token().id()).matches("[a-z]{8}");
        assertThat(tokens.prove(secret)).map(AccessToken::owner).contains(owner("bob"));
        time.skipTime(DAY.minusSeconds(1));
        assertThat(tokens.prove(secret)).isPresent();
        time.skipTime(Duration.ofSeconds(2));
        assertThat(tokens.prove(secret)).isEmpty();
        assertThat(tokens.of("bob")).isEmpty();
    }

    @Test
    void what_is_not_exactly_the_secret_proves_nobody() throws StoreUnavailable {
        String secret = make("bob").secret().text();
        for (String wrong : List.of(
                "",
                "sp_",
                secret.substring(1),
                secret + "A",
                secret.toUpperCase(java.util.Locale.ROOT),
                "sp_" + "A".repeat(32))) {
            assertThat(tokens.prove(wrong)).isEmpty();
        }
    }

    @Test
    void its_owner_revokes_it_and_nobody_else() throws StoreUnavailable {
        AccessStore.Made made = make("bob");
        assertThat(tokens.revoke("carol", made.token().id())).isFalse();
        assertThat(tokens.prove(made.secret().text())).isPresent();
        assertThat(tokens.revoke("bob", made.token().id())).isTrue();
        assertThat(tokens.prove(made.secret().text())).isEmpty();
        assertThat(tokens.revoke("bob", made.token().id())).isFalse();
    }

    @Test
    void a_role_has_so_many_and_each_role_its_own() throws StoreUnavailable {
        for (int i = 0; i < AccessStore.MOST; i++) {
            make("bob");
        }
        assertThat(tokens.make(owner("bob"), "one more", DAY)).isEmpty();
        assertThat(tokens.make(owner("carol"), "ci", DAY)).isPresent();
        assertThat(tokens.of("bob")).hasSize(AccessStore.MOST);
        time.skipTime(DAY.plusSeconds(1));
        assertThat(tokens.make(owner("bob"), "one more", DAY)).isPresent();
    }

    @Test
    void the_last_use_is_noted() throws StoreUnavailable {
        AccessStore.Made made = make("bob");
        assertThat(tokens.of("bob").get(0).usedAt()).isNull();
        tokens.prove(made.secret().text());
        assertThat(tokens.of("bob").get(0).usedAt()).isNotNull();
    }

    @Test
    void its_owner_comes_back_as_it_was_proved() throws StoreUnavailable {
        for (AccessOwner owner : List.of(
                new AccessOwner("bob", 4_294_967_295L, "CN=bob, O=\"x\"", null),
                new AccessOwner("Bób \"x\"", null, null, Set.of("dba,team", "a\"b", "Bób \"x\"")),
                new AccessOwner("carol", 10L, null, Set.of()))) {
            AccessStore.Made made = tokens.make(owner, "ci", DAY).orElseThrow();
            assertThat(tokens.prove(made.secret().text()).orElseThrow().owner()).isEqualTo(owner);
        }
    }

    @Test
    void what_expired_long_ago_is_kept_no_more() throws StoreUnavailable {
        make("bob");
        time.skipTime(DAY.plus(KEEP).minusSeconds(1));
        make("carol");
        assertThat(rows()).isEqualTo(2);
        time.skipTime(Duration.ofSeconds(2));
        make("carol");
        assertThat(rows()).isEqualTo(2);
    }

    private int rows() throws StoreUnavailable {
        return database.call(handle -> handle.createQuery("SELECT count(*) FROM access_token")
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void neither_the_database_nor_a_log_has_the_secret() throws StoreUnavailable {
        AccessStore.Made made = make("bob");
        String row = database.call(handle -> handle.createQuery("SELECT * FROM access_token")
                .mapToMap()
                .list()
                .toString());
        assertThat(row).contains("bob").doesNotContain(made.secret().text().substring(3));
        assertThat(made.toString()).doesNotContain(made.secret().text().substring(3));
    }
}
