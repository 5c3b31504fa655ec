package io.sallyport.proxy.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.approval.ApproverGroup;
import io.sallyport.policies.approval.CertificateSubject;
import io.sallyport.policies.approval.DifferentPeople;
import io.sallyport.policies.approval.People;
import io.sallyport.policies.approval.Person;
import io.sallyport.policies.approval.Requirement;
import io.sallyport.proxy.config.OidcSettings;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.HoldListener;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.HoldTerms;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.hold.Vote;
import io.sallyport.proxy.session.fakes.ManualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Who may say what about a hold whose rule names approvers. */
class ApprovalRulesTest {
    private static final ApproverGroup DBA = new ApproverGroup("dba", List.of("dba_team"), List.of());
    private static final ApproverGroup LEADS = new ApproverGroup("leads", List.of(), List.of("carol", "dave"));
    private static final ApproverGroup ONCALL = new ApproverGroup("break_glass", List.of("oncall"), List.of());
    private static final Requirement TWO = new Requirement(List.of(DBA, LEADS), 2);
    private static final Voter BOB = member("bob", "dba_team");
    private static final Voter CAROL = new Voter("carol", "s4");

    private final ManualLoop time = new ManualLoop();
    private final List<String> votes = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private boolean recorded = true;
    private People people = People.NOBODY;
    private final Holds holds = HoldFixture.holds(time.clock(), Duration.ofMinutes(10), new HoldObserver() {
        @Override
        public void opened(Hold hold) {}

        @Override
        public void changed(Hold hold) {
            heard.add("changed");
        }

        @Override
        public void ended(Hold hold, Resolution resolution) {
            heard.add(resolution.label());
        }
    });
    private final Approvals approvals = new Approvals(
            holds,
            (code, voter, vote, counted, detail) -> {
                votes.add(voter.name() + " " + vote + (counted ? " counted " : " refused ") + detail);
                return recorded;
            },
            () -> people,
            OidcSettings.Unmapped.REFUSE,
            time.clock());

    private static Voter member(String role, String... memberOf) {
        return new Voter(role, "s3", null, Set.of(memberOf));
    }

    private Hold hold(Requirement... requirements) {
        return hold(new HoldTerms(
                new ApprovalTerms(List.of(requirements), false, false, List.of(ONCALL)), List.of(), List.of()));
    }

    private Hold hold(HoldTerms terms) {
        return holds.open(HoldFixture.on(terms), null, new HoldListener() {
            @Override
            public void resolved(Hold hold, Resolution resolution) {
                heard.add("resolved");
            }

            @Override
            public void voted(Hold hold, Vote vote) {
                heard.add(vote.name() + " " + hold.progress());
            }

            @Override
            public void voteWithdrawn(Hold hold, String by) {
                heard.add(by + " withdrew, " + hold.progress());
            }
        });
    }

    @Test
    void a_quorum_of_any_of_the_groups_releases_it() throws VoteRefused {
        Hold hold = hold(TWO);
        assertThat(hold.missing()).containsExactly("2 more of dba or leads");
        approvals.approve(hold.code(), BOB, new Ballot("read it", ""));
        assertThat(hold.resolution()).isNull();
        assertThat(hold.progress()).isEqualTo("1 of 2");
        assertThat(hold.missing()).containsExactly("1 more of dba or leads");
        approvals.approve(hold.code(), CAROL, Ballot.EMPTY);
        assertThat(hold.resolution()).isEqualTo(new Resolution.Approved("bob, carol"));
        assertThat(hold.votes()).extracting(Vote::reason).containsExactly("read it", "");
        assertThat(heard).containsExactly("changed", "bob 1 of 2", "approved", "resolved");
        assertThat(holds.find(hold.code()).orElseThrow().votes()).hasSize(2);
    }

    @Test
    void who_is_in_two_groups_counts_for_one_of_them() throws VoteRefused {
        Requirement[] each = DifferentPeople.of(new LinkedHashMap<>(Map.of(DBA, 1, LEADS, 1)))
                .toArray(new Requirement[0]);
        Hold hold = hold(each);
        assertThat(hold.missing()).containsExactlyInAnyOrder("1 more of dba", "1 more of leads");
        approvals.approve(hold.code(), member("carol", "dba_team"), Ballot.EMPTY);
        assertThat(hold.resolution()).isNull();
        assertThat(hold.missing())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("1 more of ")
                .contains("dba", "leads");
        approvals.approve(hold.code(), BOB, Ballot.EMPTY);
        assertThat(hold.resolution()).isEqualTo(new Resolution.Approved("carol, bob"));
    }

    @Test
    void two_of_one_group_are_none_of_the_other() throws VoteRefused {
        Hold hold = hold(DifferentPeople.of(Map.of(DBA, 1, LEADS, 1)).toArray(new Requirement[0]));
        approvals.approve(hold.code(), BOB, Ballot.EMPTY);
        approvals.approve(hold.code(), member("erin", "dba_team"), Ballot.EMPTY);
        assertThat(hold.resolution()).isNull();
        assertThat(hold.missing()).containsExactly("1 more of leads");
        assertThat(hold.progress()).contains("2 of 1 (dba)", "0 of 1 (leads)");
        assertThatThrownBy(() -> approvals.approve(hold.code(), member("zoe"), Ballot.EMPTY))
                .hasMessageContaining("is not among those who may approve")
                .hasMessageNotContaining("dba or leads");
    }

    @Test
    void a_person_counts_once_whatever_role_and_certificate() {
        people = new People(
                List.of(new Person(
                        "bob",
                        List.of("bob", "bob_admin"),
                        List.of(Objects.requireNonNull(CertificateSubject.parse("CN=bob"))))),
                Set.of());
        Hold hold = hold(TWO);
        vote(hold, BOB);
        for (Voter again : List.of(
                BOB,
                member("bob", "dba_team"),
                member("bob_admin", "dba_team"),
                new Voter("robert", "s9", "CN=bob", Set.of("dba_team")))) {
            VoteRefused twice = refused(() -> approvals.approve(hold.code(), again, Ballot.EMPTY));
            assertThat(twice.sqlState()).isEqualTo("55000");
            assertThat(twice).hasMessageContaining("each person counts once");
        }
        assertThat(hold.progress()).isEqualTo("1 of 2");
    }

    @Test
    void the_requester_is_a_person_too() {
        people = new People(List.of(new Person("alice", List.of("alice", "alice_admin"), List.of())), Set.of());
        Hold hold = hold(TWO);
        for (Voter self : List.of(
                member("alice", "dba_team"),
                member("alice_admin", "dba_team"),
                new Voter("bob", "s3", "cn=ALICE", Set.of("dba_team")))) {
            assertThat(refused(() -> approvals.approve(hold.code(), self, Ballot.EMPTY)))
                    .hasMessageContaining("second person");
            assertThat(refused(() -> approvals.reject(hold.code(), self, "no")).sqlState())
                    .isEqualTo("42501");
        }
        assertThat(hold.votes()).isEmpty();
        assertThat(votes).allMatch(vote -> vote.contains(" refused "));
    }

    @Test
    void a_shared_role_counts_only_with_a_known_certificate() throws VoteRefused {
        people = new People(
                List.of(new Person(
                        "erin", List.of(), List.of(Objects.requireNonNull(CertificateSubject.parse("CN=erin"))))),
                Set.of("deploy"));
        Hold hold = hold(new Requirement(List.of(DBA), 1));
        assertThat(refused(() -> approvals.approve(hold.code(), member("deploy", "dba_team"), Ballot.EMPTY)))
                .hasMessageContaining("used by several people");
        approvals.approve(hold.code(), new Voter("deploy", "s", "CN=erin", Set.of("dba_team")), Ballot.EMPTY);
        assertThat(hold.state()).isEqualTo("approved");
    }

    @Test
    void who_is_in_no_group_neither_approves_nor_rejects() {
        Hold hold = hold(TWO);
        VoteRefused refused = refused(() -> approvals.approve(hold.code(), member("zoe", "others"), Ballot.EMPTY));
        assertThat(refused.sqlState()).isEqualTo("42501");
        assertThat(refused)
                .hasMessageEndingWith("is not among those who may approve hold " + hold.code() + ": dba or leads");
        assertThat(refused(() -> approvals.reject(hold.code(), member("zoe"), "no"))
                        .sqlState())
                .isEqualTo("42501");
        assertThat(hold.resolution()).isNull();
        assertThat(votes).hasSize(2).allMatch(vote -> vote.contains(" refused "));
    }

    @Test
    void roles_that_are_not_known_are_no_membership() {
        Hold hold = hold(TWO);
        assertThat(approvals.asksRoles(hold.code(), "bob")).isTrue();
        assertThat(approvals.asksRoles(hold(new Requirement(List.of(LEADS), 1)).code(), "carol"))
                .isTrue();
        assertThat(refused(() -> approvals.approve(hold.code(), new Voter("bob", "s3"), Ballot.EMPTY)))
                .hasMessageContaining("is not known now");
    }

    @Test
    void every_requirement_has_to_be_met_and_one_vote_may_count_for_several() throws VoteRefused {
        Hold hold = hold(new Requirement(List.of(DBA), 2), new Requirement(List.of(LEADS), 1));
        vote(hold, BOB);
        assertThat(hold.progress()).isEqualTo("1 of 2 (dba), 0 of 1 (leads)");
        vote(hold, member("erin", "dba_team"));
        assertThat(hold.missing()).containsExactly("1 more of leads");
        approvals.approve(hold.code(), CAROL, Ballot.EMPTY);
        assertThat(hold.state()).isEqualTo("approved");
        Hold other = hold(new Requirement(List.of(DBA), 1), new Requirement(List.of(LEADS), 1));
        vote(other, member("carol", "dba_team"));
        assertThat(other.state()).isEqualTo("approved");
    }

    @Test
    void a_vote_may_be_taken_back_while_it_waits() throws VoteRefused {
        Hold hold = hold(TWO);
        vote(hold, BOB);
        assertThat(refused(() -> approvals.withdraw(hold.code(), CAROL))).hasMessageContaining("no approval of yours");
        approvals.withdraw(hold.code(), BOB);
        assertThat(hold.progress()).isEqualTo("0 of 2");
        assertThat(heard).containsExactly("changed", "bob 1 of 2", "changed", "bob withdrew, 0 of 2");
        vote(hold, BOB);
        vote(hold, CAROL);
        assertThat(refused(() -> approvals.withdraw(hold.code(), BOB)).sqlState())
                .isEqualTo("55000");
    }

    @Test
    void one_rejection_ends_it_whatever_was_approved() throws VoteRefused {
        Hold hold = hold(TWO);
        vote(hold, BOB);
        approvals.reject(hold.code(), CAROL, "not now");
        assertThat(hold.resolution()).isEqualTo(new Resolution.Rejected("carol", "not now"));
        assertThat(refused(() -> approvals.approve(hold.code(), new Voter("dave", "s"), Ballot.EMPTY))
                        .sqlState())
                .isEqualTo("55000");
    }

    @Test
    void a_name_to_type_is_compared_exactly_and_a_wrong_one_leaves_it_waiting() throws VoteRefused {
        HoldTerms terms = new HoldTerms(ApprovalTerms.NONE, List.of("orders", "Old"), List.of("'<name>'", "'<name>'"));
        Hold hold = hold(terms);
        for (String wrong : List.of("", "Orders, Old", "orders", "Old, orders", "orders,Old")) {
            assertThat(refused(() -> approvals.approve(hold.code(), BOB, new Ballot("", wrong)))
                            .sqlState())
                    .isEqualTo("22023");
        }
        assertThat(hold.resolution()).isNull();
        approvals.approve(hold.code(), BOB, new Ballot("", "orders, Old"));
        assertThat(hold.state()).isEqualTo("approved");
        assertThat(refused(() -> approvals.approve(hold(TWO).code(), BOB, new Ballot("", "orders"))))
                .hasMessageContaining("asks for no name");
    }

    @Test
    void break_glass_is_for_the_requester_in_the_group_with_a_reason() throws VoteRefused {
        Hold hold = hold(TWO);
        Voter alice = member("alice", "oncall");
        assertThat(refused(() -> approvals.breakGlass(hold.code(), member("bob", "oncall", "dba_team"), "fire")))
                .hasMessageContaining("is not yours");
        assertThat(refused(() -> approvals.breakGlass(hold.code(), member("alice", "staff"), "fire")))
                .hasMessageContaining("does not let alice");
        assertThat(refused(() -> approvals.breakGlass(hold.code(), new Voter("alice", "s"), "fire")))
                .hasMessageContaining("is not known now");
        assertThat(refused(() -> approvals.breakGlass(hold.code(), alice, " ")).sqlState())
                .isEqualTo("22023");
        recorded = false;
        assertThat(refused(() -> approvals.breakGlass(hold.code(), alice, "fire"))
                        .sqlState())
                .isEqualTo("XX000");
        assertThat(hold.resolution()).isNull();
        recorded = true;
        approvals.breakGlass(hold.code(), alice, "fire");
        assertThat(hold.resolution()).isEqualTo(new Resolution.BrokenGlass("alice", "fire"));
        assertThat(votes).last().isEqualTo("alice break_glass counted fire");
        Hold ordinary = hold(HoldTerms.NONE);
        assertThat(refused(() -> approvals.breakGlass(ordinary.code(), alice, "fire")))
                .hasMessageContaining("does not let alice");
    }

    @Test
    void nobody_breaks_glass_with_a_shared_role_or_too_late() {
        people = new People(List.of(), Set.of("alice"));
        Hold hold = hold(TWO);
        assertThat(refused(() -> approvals.breakGlass(hold.code(), member("alice", "oncall"), "fire")))
                .hasMessageContaining("used by several people");
        people = People.NOBODY;
        time.skipTime(Duration.ofMinutes(11));
        assertThat(refused(() -> approvals.breakGlass(hold.code(), member("alice", "oncall"), "fire")))
                .hasMessageEndingWith("expired");
    }

    private void vote(Hold hold, Voter voter) {
        try {
            approvals.approve(hold.code(), voter, Ballot.EMPTY);
        } catch (VoteRefused unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static VoteRefused refused(ThrowingCallable vote) {
        return catchThrowableOfType(VoteRefused.class, vote);
    }
}
