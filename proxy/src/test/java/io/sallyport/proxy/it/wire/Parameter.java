package io.sallyport.proxy.it.wire;

import org.jspecify.annotations.Nullable;

/** A value of Bind or FunctionCall: length and bytes, or length -1 for NULL. */
public final class Parameter {
    private final boolean binary;
    private final byte @Nullable [] value;

    public Parameter(boolean binary, byte @Nullable [] value) {
        this.binary = binary;
        this.value = value;
    }

    boolean binary() {
        return binary;
    }

    void writeTo(Body body) {
        if (value == null) {
            body.int32(-1);
        } else {
            body.int32(value.length).raw(value);
        }
    }
}
