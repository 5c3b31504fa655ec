package io.sallyport.policies.analysis;

/** What tokens say of a condition. */
enum Atom {
    /** A column of the target compared for equality with values: never all rows, nor together with others of its kind. */
    SELECTS,
    /** Holds for some rows and not for others, as far as any text can tell. */
    RESTRICTS,
    /** FALSE or NULL. */
    NEVER,
    /** What is the same for every row: all rows or none. */
    SAME_FOR_ALL,
    ALWAYS,
    /** The parser has to look at it. */
    UNCLEAR
}
