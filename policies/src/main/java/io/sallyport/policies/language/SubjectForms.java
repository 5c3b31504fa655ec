package io.sallyport.policies.language;

import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.rule.Comparison;
import io.sallyport.policies.rule.Glob;
import io.sallyport.policies.rule.Network;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values about who asks, from where, and how much at once. */
final class SubjectForms {
    static final ValueForm<List<Glob>> GLOBS = new ValueForm<>(
            (node, scope) -> scope.words().texts(node, "a name or a pattern such as app_*, or a list of them").stream()
                    .map(text -> new Glob(text.value()))
                    .toList(),
            Schemas.oneOrMore(Schemas.text()));

    static final ValueForm<List<Network>> NETWORKS =
            new ValueForm<>(SubjectForms::networks, Schemas.oneOrMore(Schemas.pattern("^[0-9A-Fa-f:.]+(/[0-9]+)?$")));

    static final ValueForm<Comparison> COMPARISON = new ValueForm<>(
            SubjectForms::comparison,
            Schemas.anyOf(List.of(
                    Schemas.map("type", "integer", "minimum", 0),
                    Schemas.pattern("^\\s*(<=|>=|!=|=|<|>)?\\s*[0-9]{1,9}\\s*$"))));

    private SubjectForms() {}

    private static List<Network> networks(DocumentNode node, Scope scope) {
        List<Network> networks = new ArrayList<>();
        for (Scalar text : scope.words().texts(node, "a network such as 10.0.0.0/8, or a list of them")) {
            Network network = Network.parse(text.value());
            if (network == null) {
                scope.problems()
                        .add(
                                text,
                                "'" + text.value() + "' is no network; expected an IPv4 or IPv6 address or a network"
                                        + " such as 10.0.0.0/8 or 2001:db8::/32");
            } else {
                networks.add(network);
            }
        }
        return networks;
    }

    private static @Nullable Comparison comparison(DocumentNode node, Scope scope) {
        Scalar text = scope.words().text(node, "a number or a comparison such as \">= 2\"");
        Comparison comparison = text == null ? null : Comparison.parse(text.value());
        if (text != null && comparison == null) {
            scope.problems()
                    .add(
                            text,
                            "'" + text.value() + "' is no comparison; expected a number, or one behind"
                                    + " =, !=, <, <=, > or >=");
        }
        return comparison;
    }
}
