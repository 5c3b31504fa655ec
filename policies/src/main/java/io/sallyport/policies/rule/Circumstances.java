package io.sallyport.policies.rule;

/** Who asks, and where. */
public interface Circumstances {
    String user();

    String database();

    String application();
}
