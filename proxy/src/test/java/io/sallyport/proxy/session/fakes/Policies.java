package io.sallyport.proxy.session.fakes;

import io.sallyport.policies.Policy;
import io.sallyport.policies.PolicyReader;
import io.sallyport.policies.PolicyReading;

/** Policies of tests, written in place. */
public final class Policies {
    /** DELETE is held, DROP and COPY FROM are denied, UPDATE of every row is held, all else passes. */
    public static final Policy TESTED = of("""
            version: 1
            default: allow
            rules:
              - name: drops denied
                when: {kind: "drop_*"}
                then: {deny: {message: "never drop"}}
              - name: copies denied
                when: {kind: copy_from}
                then: deny
              - name: deletes held
                when: {kind: delete}
                then: hold
              - name: whole tables held
                when: {kind: update, where: [absent, always_true]}
                then: hold
              - name: unreadable held
                when: {readable: false}
                then: hold
            """);

    private Policies() {}

    public static Policy of(String yaml) {
        PolicyReading reading = PolicyReader.read(yaml, "test");
        Policy policy = reading.policy();
        if (policy == null) {
            throw new AssertionError("broken test policy: " + reading.problems());
        }
        return policy;
    }
}
