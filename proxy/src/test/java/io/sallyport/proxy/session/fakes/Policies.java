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

    /** DELETE waits 10 s, UPDATE 3 s; DROP, TRUNCATE and DO need their names typed; INSERT into payroll is held. */
    public static final Policy DECISIONS = of("""
            version: 1
            default: allow
            rules:
              - name: deletes wait
                when: {kind: delete}
                then: {delay: {for: 10s, message: "think again"}}
              - name: updates wait
                when: {kind: update}
                then: {delay: 3s}
              - name: truncates by name
                when: {kind: truncate}
                then: {confirm: {expires: 30s}}
              - name: drops by name
                when: {kind: ["drop_*", do]}
                then: {confirm: {message: "gone is gone"}}
              - name: payroll held
                when: {kind: insert, tables: [payroll]}
                then: {hold: {expires: 90s}}
            """);

    /** As {@link #TESTED}, and stops nothing. */
    public static final Policy OBSERVING = of("""
            version: 1
            mode: observe
            rules:
              - name: drops denied
                when: {kind: "drop_*"}
                then: deny
              - name: deletes held
                when: {kind: delete}
                then: hold
              - name: unreadable held
                when: {readable: false}
                then: hold
            """);

    /** Members of auditors may not delete. */
    public static final Policy BY_ROLE = of("""
            version: 1
            default: allow
            rules:
              - name: auditors only look
                when: {kind: delete, role: auditors}
                then: deny
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
