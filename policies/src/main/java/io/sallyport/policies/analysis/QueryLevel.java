package io.sallyport.policies.analysis;

/** One level of parentheses while a query is scanned. */
final class QueryLevel {
    /** What a word at this place of a level means. */
    enum Place {
        EXPRESSION,
        /** A table, a function or a parenthesis must come. */
        FROM_ITEM,
        /** In a FROM clause, behind an item: an alias, a comma or a join. */
        AFTER_ITEM,
        /** In a FROM clause, in a join's condition. */
        JOIN_CONDITION
    }

    Place place;

    /** A SELECT or VALUES stood here: a FROM begins a clause, and not an argument as in {@code substring(a FROM 1)}. */
    boolean query;

    boolean recursive;

    /** How many CTE names were in scope when the level opened. */
    final int scope;

    QueryLevel(Place place, boolean query, int scope) {
        this.place = place;
        this.query = query;
        this.scope = scope;
    }
}
