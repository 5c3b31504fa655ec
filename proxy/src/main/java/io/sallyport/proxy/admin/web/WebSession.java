package io.sallyport.proxy.admin.web;

import io.sallyport.proxy.approval.Proven;
import java.time.Instant;

/**
 * Somebody signed in to the page.
 *
 * @param who as it was proved when it began
 * @param csrf the token that every change must repeat in a header, which other sites cannot read
 */
record WebSession(Proven who, String csrf, Instant began) {
    @Override
    public String toString() {
        return "WebSession[" + who.name() + "]";
    }
}
