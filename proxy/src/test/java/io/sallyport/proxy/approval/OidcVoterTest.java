package io.sallyport.proxy.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.approval.ApproverGroup;
import io.sallyport.policies.approval.OidcSubject;
import io.sallyport.policies.approval.People;
import io.sallyport.policies.approval.Person;
import io.sallyport.policies.approval.Requirement;
import io.sallyport.proxy.config.OidcSettings;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.HoldTerms;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.Resolution;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Votes of people whom an issuer vouches for, on what the role alice asked for. */
class OidcVoterTest {
    private static final String ISSUER = "https://login.example";
    private static final ApproverGroup SRE = new ApproverGroup("sre", List.of(), List.of("carol"), List.of("oncall"));
    private static final People MAPPED = new People(
            List.of(
                    new Person("alice", List.of("alice"), List.of(), List.of(subject("a-1"))),
                    new Person("bob", List.of("bob"), List.of(), List.of(subject("b-1"), subject("b-2"))),
                    new Person("carol", List.of("carol"), List.of(), List.of(subject("carol")))),
            Set.of());

    private final List<Voter> told = new ArrayList<>();
    private People people = MAPPED;
    private final Holds holds = HoldFixture.holds(Clock.systemUTC(), Duration.ofMinutes(10), new HoldObserver() {
        @Override
        public void opened(Hold hold) {}

        @Override
        public void ended(Hold hold, Resolution resolution) {}
    });
    private final Approvals careful = approvals(OidcSettings.Unmapped.REFUSE);
    private final Approvals careless = approvals(OidcSettings.Unmapped.ALLOW);

    private Approvals approvals(OidcSettings.Unmapped unmapped) {
        return new Approvals(
                holds,
                (code, voter, vote, counted, detail) -> told.add(voter),
                () -> people,
                unmapped,
                Clock.systemUTC());
    }

    private static OidcSubject subject(String name) {
        return new OidcSubject(ISSUER, name);
    }

    private static Voter voter(String name, String... claims) {
        return new Voter(Proven.subject(subject(name), name, Set.of(claims), null), "api/127.0.0.1");
    }

    private Hold hold(Requirement... requirements) {
        ApprovalTerms terms = new ApprovalTerms(List.of(requirements), false, false, List.of());
        return holds.open(HoldFixture.on(new HoldTerms(terms, List.of(), List.of())), null, (hold, how) -> {});
    }

    private static VoteRefused refused(ThrowingCallable vote) {
        return catchThrowableOfType(VoteRefused.class, vote);
    }

    @Test
    void somebody_else_whom_the_policy_knows_approves() throws VoteRefused {
        Hold hold = hold(Requirement.ANYBODY);
        careful.approve(hold.code(), voter("b-1"), Ballot.EMPTY);
        assertThat(hold.resolution()).isEqualTo(new Resolution.Approved("oidc:b-1"));
    }

    @Test
    void the_requester_is_the_requester_by_whatever_way_they_come() {
        Hold hold = hold(Requirement.ANYBODY);
        for (Approvals approvals : List.of(careful, careless)) {
            VoteRefused self = refused(() -> approvals.approve(hold.code(), voter("a-1"), Ballot.EMPTY));
            assertThat(self).hasMessageContaining("second person; oidc:a-1 is the same person as alice");
            assertThat(refused(() -> approvals.reject(hold.code(), voter("a-1"), "no")))
                    .hasMessageContaining("second person");
        }
        assertThat(hold.resolution()).isNull();
    }

    @Test
    void whom_the_policy_does_not_know_may_be_the_requester_and_does_not_count() {
        Hold hold = hold(Requirement.ANYBODY);
        VoteRefused unknown = refused(() -> careful.approve(hold.code(), voter("z-9"), Ballot.EMPTY));
        assertThat(unknown.sqlState()).isEqualTo("42501");
        assertThat(unknown)
                .hasMessageContaining("nobody can tell whether oidc:z-9 is the requester")
                .hasMessageContaining("needs oidc: \"https://login.example#z-9\"");
        Voter sameOfAnother = new Voter(
                Proven.subject(new OidcSubject("https://other.example", "b-1"), "b-1", Set.of(), null),
                "api/127.0.0.1");
        assertThat(refused(() -> careful.approve(hold.code(), sameOfAnother, Ballot.EMPTY)))
                .hasMessageContaining("nobody can tell");
        assertThat(hold.votes()).isEmpty();
    }

    @Test
    void whom_the_policy_does_not_know_may_say_no() throws VoteRefused {
        Hold hold = hold(Requirement.ANYBODY);
        careful.reject(hold.code(), voter("z-9"), "wait");
        assertThat(hold.resolution()).isEqualTo(new Resolution.Rejected("oidc:z-9", "wait"));
    }

    @Test
    void whom_the_policy_does_not_know_counts_where_the_setting_says_so_once() throws VoteRefused {
        Hold hold = hold(new Requirement(List.of(), 2));
        careless.approve(hold.code(), voter("z-9"), Ballot.EMPTY);
        assertThat(refused(() -> careless.approve(hold.code(), voter("z-9"), Ballot.EMPTY)))
                .hasMessageContaining("each person counts once");
        assertThat(hold.progress()).isEqualTo("1 of 2");
    }

    @Test
    void a_person_counts_once_by_role_and_by_every_subject() throws VoteRefused {
        Hold hold = hold(new Requirement(List.of(), 2));
        careful.approve(hold.code(), voter("b-1"), Ballot.EMPTY);
        for (Voter again : List.of(voter("b-1"), voter("b-2"), new Voter("bob", "s"))) {
            assertThat(refused(() -> careful.approve(hold.code(), again, Ballot.EMPTY)))
                    .hasMessageContaining("each person counts once");
        }
        careful.withdraw(hold.code(), new Voter("bob", "s"));
        assertThat(hold.progress()).isEqualTo("0 of 2");
    }

    @Test
    void in_a_group_is_who_has_its_claim_and_nobody_by_the_name_of_a_role() throws VoteRefused {
        Hold hold = hold(new Requirement(List.of(SRE), 1));
        for (Voter other : List.of(voter("b-1"), voter("b-1", "carol", "sre", "ONCALL"), voter("carol"))) {
            assertThat(refused(() -> careful.approve(hold.code(), other, Ballot.EMPTY)))
                    .hasMessageContaining("not among those who may approve");
        }
        careful.approve(hold.code(), voter("b-1", "x", "oncall"), Ballot.EMPTY);
        assertThat(hold.state()).isEqualTo("approved");
    }

    @Test
    void claims_that_were_told_too_long_ago_are_not_known() {
        Hold hold = hold(new Requirement(List.of(SRE), 1));
        Proven old = voter("b-1", "oncall").who().aged();
        assertThat(refused(() -> careful.approve(hold.code(), new Voter(old, "page/x"), Ballot.EMPTY)))
                .hasMessageContaining("was told too long ago; sign in again");
    }

    @Test
    void a_role_that_is_called_like_a_subject_is_not_that_subject() throws VoteRefused {
        Hold hold = hold(new Requirement(List.of(), 2));
        careless.approve(hold.code(), new Voter("oidc:z-9", "s"), Ballot.EMPTY);
        careless.approve(hold.code(), voter("z-9"), Ballot.EMPTY);
        assertThat(hold.resolution()).isEqualTo(new Resolution.Approved("\"oidc:z-9\", oidc:z-9"));
    }

    @Test
    void the_map_in_force_at_the_vote_decides() {
        Hold hold = hold(Requirement.ANYBODY);
        people = People.NOBODY;
        assertThat(refused(() -> careful.approve(hold.code(), voter("b-1"), Ballot.EMPTY)))
                .hasMessageContaining("nobody can tell");
        assertThat(told).hasSize(1);
    }
}
