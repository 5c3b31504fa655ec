package io.sallyport.proxy.policy;

/** Hears what becomes of the policy file. */
public interface PolicyObserver {
    /** It is in force from now on. */
    void loaded(LoadedPolicy policy);

    /** It has problems, and the policy before stays in force. */
    void refused(LoadedPolicy policy);
}
