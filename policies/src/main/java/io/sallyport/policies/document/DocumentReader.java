package io.sallyport.policies.document;

import io.sallyport.policies.document.DocumentNode.Entry;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.DocumentNode.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML 1.2, with duplicate keys as problems. */
public final class DocumentReader {
    private static final int DEEPEST = 20;

    /** A few aliases to large lists, nested, would otherwise make a small file very large. */
    private static final int MOST_NODES = 100_000;

    private static final int MOST_ALIASES = 50;

    private final String file;
    private final List<String> lines;
    private final Problems problems;
    private int nodes;

    private DocumentReader(String file, List<String> lines, Problems problems) {
        this.file = file;
        this.lines = lines;
        this.problems = problems;
    }

    /** The document's root, or null when there is none that can be read. */
    public static @Nullable DocumentNode read(String yaml, String file, Problems problems) {
        String text = yaml.startsWith("\uFEFF") ? yaml.substring(1) : yaml;
        DocumentReader reader = new DocumentReader(file, text.lines().toList(), problems);
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setMaxAliasesForCollections(MOST_ALIASES)
                    .build();
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.add(Position.start(file), "the document is empty");
                return null;
            }
            DocumentNode node = reader.node(root.get(), 0);
            if (reader.nodes > MOST_NODES) {
                problems.add(Position.start(file), "more than " + MOST_NODES + " entries, aliases counted in full");
                return null;
            }
            return node;
        } catch (MarkedYamlEngineException e) {
            Position position = e.getProblemMark().map(reader::position).orElse(Position.start(file));
            problems.add(position, "not YAML: " + e.getProblem());
            return null;
        } catch (YamlEngineException e) {
            problems.add(Position.start(file), "not YAML: " + e.getMessage());
            return null;
        } catch (StackOverflowError e) {
            // The YAML library reads by recursion, before its result could be measured.
            problems.add(Position.start(file), "nested far more than " + DEEPEST + " deep");
            return null;
        }
    }

    private DocumentNode node(Node node, int depth) {
        Position position = node.getStartMark().map(this::position).orElse(Position.start(file));
        if (++nodes > MOST_NODES) {
            return new Scalar(position, "", false, null);
        }
        if (depth > DEEPEST) {
            problems.add(position, "nested more than " + DEEPEST + " deep");
            return new Scalar(position, "", false, null);
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, position);
        }
        if (node instanceof SequenceNode sequence) {
            List<DocumentNode> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(node(item, depth + 1));
            }
            return new Sequence(position, items);
        }
        List<Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : node instanceof MappingNode mapping ? mapping.getValue() : List.<NodeTuple>of()) {
            DocumentNode key = node(tuple.getKeyNode(), depth + 1);
            DocumentNode value = node(tuple.getValueNode(), depth + 1);
            if (!(key instanceof Scalar scalar)) {
                problems.add(key, "expected a word as the key, found " + key.described());
            } else if (!seen.add(scalar.value())) {
                problems.add(key, "the key '" + scalar.value() + "' stands here twice");
            } else {
                entries.add(new Entry(scalar, value));
            }
        }
        return new Mapping(position, entries);
    }

    private Scalar scalar(ScalarNode node, Position position) {
        ScalarStyle style = node.getScalarStyle();
        return new Scalar(
                position,
                node.getValue(),
                style != ScalarStyle.PLAIN,
                VerbatimText.begin(lines, position, style, node.getValue()));
    }

    private Position position(Mark mark) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
