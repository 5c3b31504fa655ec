package io.sallyport.proxy.grant;

import io.sallyport.policies.rule.Subject;
import io.sallyport.proxy.token.SearchPath;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who is going to run a script, and where, as its approver says. It decides what the token covers and what it takes to grant it; when the token is
 * used, the session itself decides once more.
 *
 * @param roles that the user is a member of, beside its own
 */
public record ScriptSubject(
        String user, String database, String application, Set<String> roles, SearchPath searchPath) {
    Subject subject() {
        Set<String> all = new LinkedHashSet<>(roles);
        all.add(user);
        return new Subject(user, database, application, "", null, all);
    }
}
