package io.sallyport.policies.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compiles CEL expressions that are true or false. What one costs is bounded when it is compiled and when it runs. Thread-safe. */
public final class ExpressionCompiler {
    /** Regular expressions are RE2's, linear in the text; the other bounds keep a policy file from being a program. */
    private static final CelOptions BOUNDS = CelOptions.current()
            .maxExpressionCodePointSize(4_000)
            .maxParseExpressionNodeCount(2_000)
            .maxParseRecursionDepth(50)
            .maxParseErrorRecoveryLimit(5)
            .comprehensionMaxIterations(10_000)
            .maxRegexProgramSize(1_000)
            // The runtime demands it: 1 == 1.0 is true, as the CEL specification has it.
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private final Map<String, VariableType> variables;
    private final CelCompiler compiler;
    private final CelRuntime runtime;

    public ExpressionCompiler(Map<String, VariableType> variables) {
        this.variables = Map.copyOf(variables);
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(BOUNDS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL);
        // A name with a dot is one variable, looked up as a whole: statement.kind costs no object for the statement.
        variables.forEach((name, type) -> builder.addVar(name, type.type()));
        compiler = builder.build();
        runtime = CelRuntimeFactory.plannerRuntimeBuilder().setOptions(BOUNDS).build();
    }

    /** Throws when the text is no CEL, names what is unknown, mixes types, or is not true or false. */
    public CompiledExpression compile(String text) throws ExpressionException {
        CelValidationResult result = compiler.compile(text);
        if (result.hasError()) {
            throw new ExpressionException(
                    result.getErrors().stream().map(issue -> flaw(issue, text)).toList());
        }
        CelAbstractSyntaxTree tree = tree(result);
        List<ExpressionException.Flaw> flaws = new LiteralCheck(this::whyWithoutValue).flaws(tree);
        if (!flaws.isEmpty()) {
            throw new ExpressionException(flaws);
        }
        Set<String> used = tree.getReferenceMap().values().stream()
                .map(CelReference::name)
                .filter(variables::containsKey)
                .collect(Collectors.toSet());
        return new CompiledExpression(text, used, program(tree));
    }

    private static CelAbstractSyntaxTree tree(CelValidationResult result) throws ExpressionException {
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new ExpressionException(String.valueOf(e.getMessage()), e);
        }
    }

    private CelRuntime.Program program(CelAbstractSyntaxTree tree) throws ExpressionException {
        try {
            return runtime.createProgram(tree);
        } catch (CelEvaluationException e) {
            throw new ExpressionException(String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<String> whyWithoutValue(String constant) {
        try {
            program(tree(compiler.compile(constant))).eval();
            return Optional.empty();
        } catch (CelEvaluationException | ExpressionException e) {
            return Optional.of(String.valueOf(e.getMessage()).replaceFirst("^evaluation error at \\S+: ", ""));
        }
    }

    private ExpressionException.Flaw flaw(CelIssue issue, String text) {
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int column = Math.max(0, issue.getSourceLocation().getColumn());
        return new ExpressionException.Flaw(
                line, column + 1, Reasons.plain(issue.getMessage(), text, line, column, variables.keySet()));
    }
}
