package io.sallyport.proxy.admin.web;

import java.time.Duration;

/** Told who signs in, and who does not. */
public interface SignInObserver {
    /** @param by `page` or `api` */
    void signedIn(String role, String address, String by);

    /** @param user who they said to be */
    void signInFailed(String user, String address, String reason, Duration delay);
}
