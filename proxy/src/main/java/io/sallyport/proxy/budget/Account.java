package io.sallyport.proxy.budget;

import io.sallyport.policies.rule.Attribute;
import io.sallyport.policies.rule.Subject;
import java.util.Objects;

/**
 * Whose rows are summed: a table of another database is another table.
 *
 * @param who empty where it is not known: all of those have one sum
 */
public record Account(Attribute per, String who, String database) {
    public static Account of(Attribute per, Subject subject) {
        return new Account(per, Objects.requireNonNullElse(per.of(subject), ""), subject.database());
    }
}
