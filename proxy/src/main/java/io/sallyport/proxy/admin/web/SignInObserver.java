package io.sallyport.proxy.admin.web;

import java.time.Duration;

/** Told who signs in, and who does not. */
public interface SignInObserver {
    /** @param by `page` or `api` */
    void signedIn(String name, String address, String by);

    /**
     * @param user who they said to be; empty where only the proof would have told
     * @param reason as metrics and audit name it
     */
    void signInFailed(String user, String address, String reason, Duration delay);
}
