package io.sallyport.proxy.grant;

import io.sallyport.policies.Policy;
import io.sallyport.policies.analysis.SettingChange;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.SafetyTerms;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.approval.VoteRefused;
import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.check.Judge;
import io.sallyport.proxy.check.ScriptReader;
import io.sallyport.proxy.gate.NameToType;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.HoldTerms;
import io.sallyport.proxy.store.StoreUnavailable;
import io.sallyport.proxy.token.Grant;
import io.sallyport.proxy.token.GrantLimits;
import io.sallyport.proxy.token.GrantTerms;
import io.sallyport.proxy.token.TokenPrint;
import io.sallyport.proxy.token.TokenRequest;
import io.sallyport.proxy.token.TokenScope;
import io.sallyport.proxy.token.TokenStatement;
import io.sallyport.proxy.token.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Grants one token for all statements of a script that need one, each once, in any order. Blocks. */
public final class ScriptGrants {
    private static final int MOST_COVERED = 5_000;
    private static final Set<String> WHERE_NAMES_LEAD = Set.of("search_path", "role", "session_authorization");

    private final Supplier<Policy> policy;
    private final Tokens tokens;
    private final Clock clock;

    /** @param policy asked anew for every plan */
    public ScriptGrants(Supplier<Policy> policy, Tokens tokens, Clock clock) {
        this.policy = policy;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** What the rules in force now say of each of its statements. */
    public ScriptPlan plan(byte[] script, ScriptSubject subject) {
        Judge judge = new Judge(policy.get(), subject.subject(), clock.instant());
        ScriptReader.Script read = ScriptReader.read(script, judge);
        List<ScriptPlan.Statement> statements =
                read.statements().stream().map(ScriptGrants::planned).toList();
        List<ScriptReader.Read> covered = read.statements().stream()
                .filter(statement -> statement.verdict().takesToken())
                .toList();
        HoldTerms terms = terms(covered);
        return new ScriptPlan(subject, statements, terms, notes(read, subject), digest(subject, statements, terms));
    }

    private static ScriptPlan.Statement planned(ScriptReader.Read read) {
        StatementFacts facts = read.facts();
        Verdict verdict = read.verdict();
        return new ScriptPlan.Statement(
                read.line(),
                read.column(),
                facts.text(),
                verdict.decision(),
                verdict.rule(),
                verdict.message() == null ? "" : verdict.message(),
                read.described(),
                TokenPrint.of(read.text(), facts.start(), facts.end(), read.settings()),
                verdict.takesToken());
    }

    private static HoldTerms terms(List<ScriptReader.Read> covered) {
        ApprovalTerms terms = covered.stream()
                .map(statement -> statement.verdict().terms().approval())
                .reduce(ApprovalTerms::and)
                .orElse(ApprovalTerms.NONE);
        SafetyTerms safety = covered.stream()
                .map(statement -> statement.verdict().terms().safety())
                .reduce(SafetyTerms::and)
                .orElse(SafetyTerms.NONE);
        List<NameToType> names = NameToType.byApprover(
                covered.stream().map(ScriptReader.Read::facts).toList(), terms.nameTyped());
        return new HoldTerms(
                terms,
                names.stream().map(NameToType::name).toList(),
                names.stream().map(NameToType::place).toList(),
                safety.described());
    }

    private static List<String> notes(ScriptReader.Script script, ScriptSubject subject) {
        List<String> notes = new ArrayList<>();
        if (script.metaCommands() > 0) {
            notes.add(script.metaCommands() + " commands of psql itself (lines that begin with \\) are not judged");
        }
        long confirms = script.statements().stream()
                .filter(statement -> statement.verdict().decision() == Decision.CONFIRM)
                .count();
        if (confirms > 0) {
            notes.add(confirms + " statements ask for a name to be typed, which no token does");
        }
        boolean changes = script.statements().stream()
                .flatMap(statement -> statement.facts().settings().stream())
                .map(SettingChange::name)
                .anyMatch(WHERE_NAMES_LEAD::contains);
        if (changes) {
            notes.add("the script sets search_path or a role itself: the token is good for "
                    + subject.searchPath().described() + ", acting as " + subject.user());
        }
        return notes;
    }

    private static String digest(ScriptSubject subject, List<ScriptPlan.Statement> statements, HoldTerms terms) {
        MessageDigest digest = TokenPrint.begin();
        String asked = subject + "\n" + terms + "\n"
                + statements.stream()
                        .map(statement -> statement.print() + " " + statement.decision() + " " + statement.covered())
                        .collect(Collectors.joining("\n"));
        digest.update(asked.getBytes(StandardCharsets.UTF_8));
        return TokenPrint.end(digest);
    }

    /**
     * Counts the approver's grant; the token comes with it where no other has to approve.
     *
     * @param file how the script is called
     */
    public Grant grant(ScriptPlan plan, String file, Voter voter, GrantTerms terms)
            throws VoteRefused, StoreUnavailable {
        List<ScriptPlan.Statement> covered = plan.covered();
        if (!plan.denied().isEmpty()) {
            ScriptPlan.Statement first = plan.denied().get(0);
            throw new VoteRefused(
                    SqlState.INSUFFICIENT_PRIVILEGE,
                    "line " + first.line() + ": rule \"" + first.rule()
                            + "\" denies it, and takes no token; nothing was granted");
        } else if (covered.isEmpty()) {
            throw new VoteRefused(SqlState.INVALID_PARAMETER_VALUE, "nothing in it needs a token; nothing was granted");
        } else if (covered.size() > MOST_COVERED) {
            throw new VoteRefused(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    covered.size() + " statements need a token; expected at most " + MOST_COVERED);
        }
        return tokens.grant(request(plan, covered, file, voter), voter, terms);
    }

    private TokenRequest request(ScriptPlan plan, List<ScriptPlan.Statement> covered, String file, Voter voter) {
        ScriptSubject subject = plan.subject();
        HoldRequest request = new HoldRequest(
                voter.session(),
                subject.user(),
                subject.database(),
                subject.application(),
                "",
                "",
                covered.stream().map(ScriptPlan.Statement::rule).distinct().collect(Collectors.joining("\", \"")),
                file.isEmpty() ? "from a file" : "from the file " + file,
                covered.stream().map(ScriptPlan.Statement::text).collect(Collectors.joining(";\n")),
                List.of(),
                covered.stream()
                        .map(ScriptPlan.Statement::described)
                        .distinct()
                        .limit(100)
                        .toList(),
                List.of(),
                null,
                "",
                plan.terms());
        return new TokenRequest(
                HoldCode.random(),
                request,
                new TokenScope(subject.user(), subject.database(), subject.user(), subject.searchPath(), null),
                covered.stream()
                        .map(statement -> new TokenStatement(statement.print(), statement.text()))
                        .toList(),
                List.of(),
                GrantLimits.NONE,
                TokenRequest.State.OPEN,
                clock.instant(),
                tokens.requestExpiry(),
                0);
    }
}
