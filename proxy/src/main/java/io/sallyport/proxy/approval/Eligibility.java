package io.sallyport.proxy.approval;

import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.approval.ApproverGroup;
import io.sallyport.policies.approval.People;
import io.sallyport.policies.approval.Requirement;
import io.sallyport.proxy.config.OidcSettings;
import io.sallyport.proxy.hold.HoldTerms;
import io.sallyport.proxy.hold.Vote;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one person may do about one hold, or one request for a token. Each question is answered by null for yes, or why not. */
public final class Eligibility {
    private final Asked asked;
    private final Voter voter;
    private final People people;
    private final OidcSettings.Unmapped unmapped;
    private final ApprovalTerms terms;

    public Eligibility(Asked asked, Voter voter, People people, OidcSettings.Unmapped unmapped) {
        this.unmapped = unmapped;
        this.asked = asked;
        this.voter = voter;
        this.people = people;
        this.terms = asked.terms().approval();
    }

    public @Nullable Refusal toApprove(String typed) {
        Refusal refusal = asSecondPerson("approve");
        if (refusal == null && people.hidden(voter.identity())) {
            return hidden("an approval");
        }
        refusal = refusal == null ? notOver() : refusal;
        refusal = refusal == null ? asApprover() : refusal;
        refusal = refusal == null ? asKnownPerson() : refusal;
        refusal = refusal == null && asked.votes().stream().anyMatch(this::isMine) ? twice() : refusal;
        return refusal == null ? typed(typed) : refusal;
    }

    @Nullable
    Refusal toReject() {
        Refusal refusal = asSecondPerson("reject");
        refusal = refusal == null ? notOver() : refusal;
        return refusal == null ? asApprover() : refusal;
    }

    @Nullable
    Refusal toWithdraw() {
        if (asked.isOver()) {
            return over();
        }
        return asked.votes().stream().anyMatch(this::isMine)
                ? null
                : Refusal.state(asked.name() + " has no approval of yours");
    }

    @Nullable
    Refusal toBreakGlass(String reason) {
        if (!people.same(voter.identity(), asked.requester())) {
            return Refusal.forbidden(
                    asked.name() + " is not yours: break-glass is for its requester; approve it instead");
        } else if (people.hidden(voter.identity())) {
            return hidden("break-glass");
        } else if (voter.who().pass() != null) {
            // Who finds a token of the requester's would need nobody else.
            return Refusal.forbidden("break-glass is for a person who logs in; a personal access token does not do");
        } else if (asked.isOver()) {
            return over();
        }
        List<ApproverGroup> allowed = terms.breakGlass();
        boolean may = !allowed.isEmpty() && allowed.stream().allMatch(group -> group.includes(voter.standing()));
        if (!may) {
            return allowed.stream().anyMatch(group -> group.undecided(voter.standing()))
                    ? standingUnknown()
                    : Refusal.forbidden("rule \"" + asked.rule() + "\" does not let " + voter.name()
                            + " release a hold of their own");
        }
        return reason.isBlank() ? Refusal.value("break-glass needs a reason") : null;
    }

    /** The places of the requirements that this vote counts for. */
    public Set<Integer> counts() {
        List<Requirement> requirements = terms.requirements();
        Set<Integer> places = new HashSet<>();
        for (int i = 0; i < requirements.size(); i++) {
            if (requirements.get(i).counts(voter.standing())) {
                places.add(i);
            }
        }
        return places;
    }

    public boolean isMine(Vote vote) {
        return people.same(vote.voter(), voter.identity());
    }

    public Refusal twice() {
        return Refusal.state("you have approved " + asked.name() + " already: each person counts once");
    }

    public Refusal over() {
        return Refusal.state(
                asked.name() + " is not waiting any more: " + asked.state().get());
    }

    private @Nullable Refusal notOver() {
        return asked.isOver() ? over() : null;
    }

    private @Nullable Refusal asSecondPerson(String vote) {
        if (!people.same(voter.identity(), asked.requester())) {
            return null;
        }
        String how = Objects.equals(asked.requester().role(), voter.identity().role())
                ? ""
                : "; " + voter.name() + " is the same person as "
                        + asked.requester().role() + ", by client certificate or by the policy's people";
        return Refusal.forbidden(
                "the requester of " + asked.name() + " cannot " + vote + " it: it takes a second person" + how);
    }

    private Refusal hidden(String what) {
        return Refusal.forbidden("the role " + voter.name() + " is used by several people, so " + what
                + " of it does not count; log in with a role of your own");
    }

    /** Whoever is not in the map may be the requester under another name. */
    private @Nullable Refusal asKnownPerson() {
        if (unmapped == OidcSettings.Unmapped.ALLOW || !people.unmapped(voter.identity())) {
            return null;
        }
        return Refusal.forbidden("nobody can tell whether " + voter.name() + " is the requester of " + asked.name()
                + ": the policy's people do not know them; a person there needs oidc: \""
                + voter.identity().subject() + "\"");
    }

    private @Nullable Refusal asApprover() {
        if (!counts().isEmpty()) {
            return null;
        }
        return terms.requirements().stream().anyMatch(requirement -> requirement.undecided(voter.standing()))
                ? standingUnknown()
                : Refusal.forbidden(voter.name() + " is not among those who may approve " + asked.name() + ": "
                        + terms.told().stream().map(Requirement::groups).collect(Collectors.joining(" and ")));
    }

    /** Not known is not "no", and never "yes". */
    private Refusal standingUnknown() {
        if (voter.identity().subject() != null) {
            return Refusal.forbidden(
                    "what " + voter.name() + " belongs to was told too long ago; sign in again, and vote again");
        }
        return Refusal.forbidden("what " + voter.name() + " is a member of is not known now; the server is asked"
                + " outside of transactions only: end yours, and vote again; on the page, sign in again");
    }

    private @Nullable Refusal typed(String typed) {
        HoldTerms wanted = asked.terms();
        if (typed.equals(wanted.toType())) {
            return null;
        }
        String form = asked.command() + wanted.typedForm();
        if (wanted.names().isEmpty()) {
            return Refusal.value(asked.name() + " asks for no name: " + form);
        }
        return Refusal.value(
                typed.isEmpty()
                        ? asked.name() + " needs the name typed: " + form
                        : "'" + typed + "' is not what the statement names; " + asked.name() + " waits on: " + form);
    }
}
