package io.sallyport.protocol;

import java.util.Arrays;

/**
 * What BackendKeyData gives and a CancelRequest repeats: process id and secret (4 bytes in protocol 3.0, 4 to 256 in
 * 3.2). The secret never appears in {@link #toString()}.
 */
public final class CancelKey {
    private final int processId;
    private final byte[] secret;

    public CancelKey(int processId, byte[] secret) {
        this.processId = processId;
        this.secret = secret.clone();
    }

    public int processId() {
        return processId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CancelKey key && key.processId == processId && Arrays.equals(key.secret, secret);
    }

    @Override
    public int hashCode() {
        return 31 * processId + Arrays.hashCode(secret);
    }

    @Override
    public String toString() {
        return "CancelKey[processId=" + processId + ", secret of " + secret.length + " bytes]";
    }
}
