package io.sallyport.policies.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;

/** What a variable can hold, and the Java type that carries it. */
public enum VariableType {
    /** {@link Boolean}. */
    BOOL(SimpleType.BOOL, "bool"),
    /** {@link Long}. */
    INT(SimpleType.INT, "int"),
    /** {@link String}. */
    STRING(SimpleType.STRING, "string"),
    /** A {@link java.util.List} of {@link String}. */
    STRINGS(ListType.create(SimpleType.STRING), "list(string)"),
    /** {@link java.time.Instant}. */
    TIMESTAMP(SimpleType.TIMESTAMP, "timestamp");

    private final CelType type;
    private final String label;

    VariableType(CelType type, String label) {
        this.type = type;
        this.label = label;
    }

    CelType type() {
        return type;
    }

    /** As CEL writes it. */
    public String label() {
        return label;
    }
}
