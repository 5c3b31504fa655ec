package io.sallyport.policies.effects;

import io.sallyport.policies.analysis.TableName;

/** Rows of one table that a transaction inserted, updated and deleted; those that a savepoint took back count too. */
public record TableEffect(TableName table, long inserted, long updated, long deleted) {
    public long changed() {
        return inserted + updated + deleted;
    }

    boolean any() {
        return inserted != 0 || updated != 0 || deleted != 0;
    }

    TableEffect plus(TableEffect other) {
        return new TableEffect(table, inserted + other.inserted, updated + other.updated, deleted + other.deleted);
    }

    /** @return whether it did no more than {@code other} of each */
    boolean within(TableEffect other) {
        return inserted <= other.inserted && updated <= other.updated && deleted <= other.deleted;
    }
}
