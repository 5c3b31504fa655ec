package io.sallyport.policies;

import io.sallyport.policies.rule.Circumstances;

/** Who sent a statement, as the server knows them, and from where. */
public record Subject(String user, String database, String application, String clientAddress)
        implements Circumstances {}
