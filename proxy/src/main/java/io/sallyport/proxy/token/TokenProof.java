package io.sallyport.proxy.token;

import java.util.List;

/** That statements of a token were used up for one batch. Only {@link Tokens} makes it, from what the store says; it is good once. */
public final class TokenProof {
    private final TokenUse use;
    private final TokenVerdict.Taken taken;
    private boolean redeemed;

    TokenProof(TokenUse use, TokenVerdict.Taken taken) {
        this.use = use;
        this.taken = taken;
    }

    public TokenUse use() {
        return use;
    }

    public TokenVerdict.Taken taken() {
        return taken;
    }

    /** @return whether it is for exactly these statements, and had not been redeemed */
    public boolean redeem(List<String> prints) {
        boolean good = !redeemed && prints.equals(use.prints());
        redeemed = true;
        return good;
    }
}
