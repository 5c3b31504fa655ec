package io.sallyport.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.policies.approval.OidcSubject;
import io.sallyport.policies.approval.People;
import io.sallyport.proxy.approval.Proven;
import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.LookupFailedException;
import io.sallyport.proxy.auth.ProofRefused;
import io.sallyport.proxy.auth.RoleLookup;
import io.sallyport.proxy.config.AccessSettings;
import io.sallyport.proxy.config.ControlSettings;
import io.sallyport.proxy.session.fakes.ManualLoop;
import io.sallyport.proxy.session.fakes.NoAccessTokens;
import io.sallyport.proxy.store.ControlDatabase;
import io.sallyport.proxy.store.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessDeskTest implements AccessObserver, RoleLookup {
    private static final Duration PAGE_LONGEST = Duration.ofHours(12);

    private final ManualLoop time = new ManualLoop();
    private final ControlDatabase database;
    private final AccessStore store;
    private final Map<String, Known> server = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private boolean serverAway;
    private boolean recorded = true;

    AccessDeskTest() throws IOException {
        database = ControlDatabase.open(ControlSettings.IN_MEMORY, time.clock());
        store = new SqlAccessStore(database, Duration.ofDays(90), time.clock());
        server.put("bob", new Known(17, Set.of("bob", "dba_team")));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public boolean made(AccessToken token, Voter by) {
        told.add("made " + token.label() + " by " + by.name() + " in " + by.session());
        return recorded;
    }

    @Override
    public void revoked(String id, Voter by) {
        told.add("revoked by " + by.name());
    }

    @Override
    public @Nullable Known find(String role) throws LookupFailedException {
        if (serverAway) {
            throw new LookupFailedException("connection refused", null);
        }
        return server.get(role);
    }

    private static AccessTerms terms(@Nullable RoleLookup roles) {
        return new AccessTerms(AccessSettings.DEFAULTS, PAGE_LONGEST, roles);
    }

    private AccessDesk asking() {
        return new AccessDesk(store, terms(this), () -> People.NOBODY, this);
    }

    private AccessDesk unasked() {
        return new AccessDesk(store, terms(null), () -> People.NOBODY, this);
    }

    private Proven proved(@Nullable RoleLookup roles, String secret) throws ProofRefused {
        return new AccessProof(store, terms(roles)).prove(secret);
    }

    private ProofRefused notProved(@Nullable RoleLookup roles, String secret) {
        return catchThrowableOfType(ProofRefused.class, () -> proved(roles, secret));
    }

    private static Voter voter(String role, @Nullable Set<String> memberOf) {
        return new Voter(role, "s1", null, memberOf);
    }

    private static AccessWish wish(@Nullable Duration life) {
        return new AccessWish("ci", life);
    }

    private static AccessRefused refused(AccessDesk desk, Voter voter, AccessWish wish) {
        return catchThrowableOfType(AccessRefused.class, () -> desk.make(voter, wish));
    }

    private String secretOfBob(AccessDesk desk) throws AccessRefused, StoreUnavailable {
        return desk.make(voter("bob", Set.of("bob", "interns")), wish(null))
                .secret()
                .text();
    }

    @Test
    void where_the_server_is_asked_its_word_of_the_moment_counts() throws Exception {
        String secret = secretOfBob(asking());
        assertThat(proved(this, secret).standing().memberOf()).containsExactlyInAnyOrder("bob", "dba_team");
        server.put("bob", new Known(17, Set.of("bob")));
        assertThat(proved(this, secret).standing().memberOf()).containsExactly("bob");
        assertThat(proved(this, secret).identity().role()).isEqualTo("bob");
    }

    @Test
    void a_role_that_is_gone_or_another_of_its_name_proves_nobody_in_the_same_words() throws Exception {
        String secret = secretOfBob(asking());
        String unknown =
                String.valueOf(notProved(this, AccessSecret.random().text()).getMessage());
        server.remove("bob");
        assertThat(notProved(this, secret)).hasMessage(unknown);
        server.put("bob", new Known(18, Set.of("bob", "dba_team")));
        assertThat(notProved(this, secret)).hasMessage(unknown);
        server.put("bob", new Known(17, Set.of("bob")));
        assertThat(proved(this, secret).name()).isEqualTo("bob");
    }

    @Test
    void revoked_expired_malformed_and_guessed_are_refused_alike() throws Exception {
        AccessDesk desk = asking();
        AccessStore.Made revoked = desk.make(voter("bob", Set.of("bob")), wish(null));
        desk.revoke(voter("bob", null), revoked.token().id());
        AccessStore.Made expired = desk.make(voter("bob", Set.of("bob")), wish(Duration.ofMinutes(1)));
        time.skipTime(Duration.ofMinutes(1));
        for (String secret : List.of(
                revoked.secret().text(),
                expired.secret().text(),
                AccessSecret.random().text(),
                "sp_",
                "sp_" + "x".repeat(9_000))) {
            ProofRefused refusal = notProved(this, secret);
            assertThat(refusal.reason()).isEqualTo(LoginFailure.TOKEN);
            assertThat(refusal).hasMessage("the token is none, or does not work any more");
        }
        assertThat(told).containsExactly("made ci by bob in s1", "revoked by bob", "made ci by bob in s1");
    }

    @Test
    void a_server_or_a_control_database_that_is_away_proves_nobody() throws Exception {
        String secret = secretOfBob(asking());
        serverAway = true;
        assertThat(notProved(this, secret).reason()).isEqualTo(LoginFailure.LOOKUP);
        assertThat(refused(asking(), voter("bob", Set.of("bob")), wish(null)).sqlState())
                .isEqualTo("58000");
        AccessOffice away = NoAccessTokens.office();
        ProofRefused refusal =
                catchThrowableOfType(ProofRefused.class, () -> away.proof().prove(secret));
        assertThat(refusal.reason()).isEqualTo(LoginFailure.CONTROL);
        assertThat(refusal.reason().ofInstallation()).isTrue();
    }

    @Test
    void unasked_the_memberships_of_its_making_count_and_no_longer_than_a_page() throws Exception {
        AccessDesk desk = unasked();
        assertThat(desk.needsMemberships()).isTrue();
        assertThat(proved(null, secretOfBob(desk)).standing().memberOf()).containsExactlyInAnyOrder("bob", "interns");
        assertThat(refused(desk, voter("bob", Set.of("bob")), wish(PAGE_LONGEST.plusSeconds(1))))
                .hasMessageContaining("12h (page.longest, because auth.query_user is not set");
        assertThat(refused(desk, voter("bob", null), wish(null))).hasMessageContaining("not known now");
    }

    @Test
    void what_was_made_to_be_asked_for_is_not_taken_unasked() throws Exception {
        assertThat(notProved(null, secretOfBob(asking())).reason()).isEqualTo(LoginFailure.LOOKUP);
        // The other way about nobody knows whether the role of that name is still its owner.
        assertThat(notProved(this, secretOfBob(unasked())).reason()).isEqualTo(LoginFailure.TOKEN);
    }

    @Test
    void asked_it_lasts_up_to_the_setting() throws Exception {
        assertThat(asking().needsMemberships()).isTrue();
        Duration longest = AccessSettings.DEFAULTS.longest();
        AccessToken token =
                asking().make(voter("bob", Set.of("bob")), wish(longest)).token();
        assertThat(Duration.between(token.createdAt(), token.expiresAt())).isEqualTo(longest);
        assertThat(refused(asking(), voter("bob", Set.of("bob")), wish(longest.plusSeconds(1))))
                .hasMessageContaining("from 1s to 30d (access_tokens.longest), found 2592001s");
        assertThat(refused(asking(), voter("bob", Set.of("bob")), wish(Duration.ZERO)))
                .hasMessageContaining("found 0");
        AccessToken usual =
                asking().make(voter("bob", Set.of("bob")), wish(null)).token();
        assertThat(Duration.between(usual.createdAt(), usual.expiresAt())).isEqualTo(Duration.ofHours(8));
    }

    @Test
    void a_session_whose_role_was_dropped_or_renamed_makes_none_for_who_has_the_name_now() {
        for (Set<String> whatItsServerSays : List.of(Set.of("bob_before"), Set.<String>of())) {
            assertThat(refused(asking(), voter("bob", whatItsServerSays), wish(null)))
                    .hasMessageContaining("does not know this session's role as bob any more");
        }
        assertThat(refused(asking(), voter("bob", null), wish(null))).hasMessageContaining("not known now");
    }

    @Test
    void a_token_makes_lists_and_revokes_none() throws Exception {
        AccessStore.Made made = asking().make(voter("bob", Set.of("bob")), wish(null));
        Voter program = new Voter(proved(this, made.secret().text()), "api/127.0.0.1");
        assertThat(program.via()).isEqualTo("token " + made.token().id() + " (ci)");
        assertThat(refused(asking(), program, wish(null))).hasMessageContaining("neither makes nor lists nor revokes");
        assertThat(catchThrowableOfType(AccessRefused.class, () -> asking().of(program)))
                .isNotNull();
        assertThat(catchThrowableOfType(
                        AccessRefused.class,
                        () -> asking().revoke(program, made.token().id())))
                .isNotNull();
        assertThat(proved(this, made.secret().text()).aged().pass()).isNotNull();
    }

    @Test
    void whom_an_issuer_vouches_for_and_a_shared_role_get_none() {
        Voter carol = new Voter(
                Proven.subject(new OidcSubject("https://login.example", "c"), "carol", Set.of(), null), "api/x");
        assertThat(refused(asking(), carol, wish(null))).hasMessageContaining("oidc:carol proved none");
        server.put("ops", new Known(3, Set.of("ops")));
        AccessDesk shared = new AccessDesk(store, terms(this), () -> new People(List.of(), Set.of("ops")), this);
        assertThat(refused(shared, new Voter("ops", "s1", "CN=bob", Set.of("ops")), wish(null)))
                .hasMessageContaining("used by several people");
        assertThat(refused(asking(), voter("gone", Set.of("gone")), wish(null))).hasMessageContaining("may not log in");
        assertThat(told).isEmpty();
    }

    @Test
    void the_certificate_stays_part_of_who_it_is() throws Exception {
        Voter withCertificate = new Voter("bob", "s1", "CN=alice", Set.of("bob"));
        String secret = asking().make(withCertificate, wish(null)).secret().text();
        assertThat(proved(this, secret).identity()).isEqualTo(withCertificate.identity());
    }

    @Test
    void what_the_audit_cannot_take_is_not_made() throws Exception {
        recorded = false;
        assertThat(refused(asking(), voter("bob", Set.of("bob")), wish(null)).sqlState())
                .isEqualTo("XX000");
        assertThat(store.of("bob")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb", "a\u202eb", "a\u0000b", "\ud800"})
    void a_label_is_what_people_can_read(String label) {
        assertThat(refused(asking(), voter("bob", Set.of("bob")), new AccessWish(label, null)))
                .hasMessageContaining("expected a label");
    }

    @Test
    void a_label_is_no_secret_and_of_bounded_length() throws Exception {
        String secret = AccessSecret.random().text();
        assertThat(refused(asking(), voter("bob", Set.of("bob")), new AccessWish("my " + secret, null)))
                .hasMessageContaining("secret in it")
                .hasMessageNotContaining(secret);
        assertThat(refused(asking(), voter("bob", Set.of("bob")), new AccessWish("x".repeat(101), null)))
                .isNotNull();
        assertThat(asking().make(voter("bob", Set.of("bob")), new AccessWish(" Prüf-CI 🚀 ", null))
                        .token()
                        .label())
                .isEqualTo("Prüf-CI 🚀");
    }

    @Test
    void switched_off_none_is_made_or_taken() throws Exception {
        String secret = secretOfBob(asking());
        AccessTerms off = new AccessTerms(new AccessSettings(false, Duration.ofDays(1)), PAGE_LONGEST, this);
        AccessDesk desk = new AccessDesk(store, off, () -> People.NOBODY, this);
        assertThat(refused(desk, voter("bob", Set.of("bob")), wish(null)))
                .hasMessageContaining("access_tokens.enabled");
        assertThat(catchThrowableOfType(ProofRefused.class, () -> new AccessProof(store, off).prove(secret)))
                .hasMessageContaining("access_tokens.enabled");
    }
}
