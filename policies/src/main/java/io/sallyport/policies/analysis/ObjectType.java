package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenList;
import org.jspecify.annotations.Nullable;

/** What CREATE, ALTER and DROP work on; types of several words stand before those that begin alike. */
enum ObjectType {
    MATERIALIZED_VIEW(Naming.RELATION, Keyword.MATERIALIZED, Keyword.VIEW),
    FOREIGN_TABLE(Naming.RELATION, Keyword.FOREIGN, Keyword.TABLE),
    FOREIGN_DATA_WRAPPER(Naming.NO_TABLE, Keyword.FOREIGN, Keyword.DATA, Keyword.WRAPPER),
    EVENT_TRIGGER(Naming.NO_TABLE, Keyword.EVENT, Keyword.TRIGGER),
    TEXT_SEARCH_CONFIGURATION(Naming.NO_TABLE, Keyword.TEXT, Keyword.SEARCH, Keyword.CONFIGURATION),
    TEXT_SEARCH_DICTIONARY(Naming.NO_TABLE, Keyword.TEXT, Keyword.SEARCH, Keyword.DICTIONARY),
    TEXT_SEARCH_PARSER(Naming.NO_TABLE, Keyword.TEXT, Keyword.SEARCH, Keyword.PARSER),
    TEXT_SEARCH_TEMPLATE(Naming.NO_TABLE, Keyword.TEXT, Keyword.SEARCH, Keyword.TEMPLATE),
    ACCESS_METHOD(Naming.NO_TABLE, Keyword.ACCESS, Keyword.METHOD),
    USER_MAPPING(Naming.NO_TABLE, Keyword.USER, Keyword.MAPPING),
    OPERATOR_CLASS(Naming.NO_TABLE, Keyword.OPERATOR, Keyword.CLASS),
    OPERATOR_FAMILY(Naming.NO_TABLE, Keyword.OPERATOR, Keyword.FAMILY),
    LARGE_OBJECT(Naming.NO_TABLE, Keyword.LARGE, Keyword.OBJECT),
    DEFAULT_PRIVILEGES(Naming.NO_TABLE, Keyword.DEFAULT, Keyword.PRIVILEGES),
    AGGREGATE(Naming.NO_TABLE, Keyword.AGGREGATE),
    CAST(Naming.NO_TABLE, Keyword.CAST),
    COLLATION(Naming.NO_TABLE, Keyword.COLLATION),
    CONVERSION(Naming.NO_TABLE, Keyword.CONVERSION),
    DATABASE(Naming.NO_TABLE, Keyword.DATABASE),
    DOMAIN(Naming.NO_TABLE, Keyword.DOMAIN),
    EXTENSION(Naming.NO_TABLE, Keyword.EXTENSION),
    FUNCTION(Naming.NO_TABLE, Keyword.FUNCTION),
    INDEX(Naming.RELATION, Keyword.INDEX),
    LANGUAGE(Naming.NO_TABLE, Keyword.LANGUAGE),
    OPERATOR(Naming.NO_TABLE, Keyword.OPERATOR),
    OWNED(Naming.NO_TABLE, Keyword.OWNED),
    POLICY(Naming.ON_TABLE, Keyword.POLICY),
    PROCEDURE(Naming.NO_TABLE, Keyword.PROCEDURE),
    PUBLICATION(Naming.NO_TABLE, Keyword.PUBLICATION),
    ROLE(Naming.NO_TABLE, Keyword.ROLE),
    ROUTINE(Naming.NO_TABLE, Keyword.ROUTINE),
    RULE(Naming.ON_TABLE, Keyword.RULE),
    SCHEMA(Naming.NO_TABLE, Keyword.SCHEMA),
    SEQUENCE(Naming.RELATION, Keyword.SEQUENCE),
    SERVER(Naming.NO_TABLE, Keyword.SERVER),
    STATISTICS(Naming.NO_TABLE, Keyword.STATISTICS),
    SUBSCRIPTION(Naming.NO_TABLE, Keyword.SUBSCRIPTION),
    SYSTEM(Naming.NO_TABLE, Keyword.SYSTEM),
    TABLE(Naming.RELATION, Keyword.TABLE),
    TABLESPACE(Naming.NO_TABLE, Keyword.TABLESPACE),
    TRANSFORM(Naming.NO_TABLE, Keyword.TRANSFORM),
    TRIGGER(Naming.ON_TABLE, Keyword.TRIGGER),
    TYPE(Naming.NO_TABLE, Keyword.TYPE),
    VIEW(Naming.RELATION, Keyword.VIEW),
    USER_AS_ROLE(Naming.NO_TABLE, Keyword.USER),
    GROUP_AS_ROLE(Naming.NO_TABLE, Keyword.GROUP);

    /** How a statement about such an object names a table. */
    enum Naming {
        RELATION,
        ON_TABLE,
        NO_TABLE
    }

    private static final ObjectType[] TYPES = values();

    private final Naming naming;
    private final Keyword[] words;

    ObjectType(Naming naming, Keyword... words) {
        this.naming = naming;
        this.words = words;
    }

    /** The type whose words stand at {@code i}. */
    static @Nullable ObjectType at(TokenList tokens, int i) {
        for (ObjectType type : TYPES) {
            if (type.standsAt(tokens, i)) {
                return type;
            }
        }
        return null;
    }

    private boolean standsAt(TokenList tokens, int i) {
        for (int k = 0; k < words.length; k++) {
            if (!tokens.is(i + k, words[k])) {
                return false;
            }
        }
        return true;
    }

    int length() {
        return words.length;
    }

    Naming naming() {
        return naming;
    }

    /** The kind's name behind CREATE_, ALTER_ or DROP_. */
    String suffix() {
        return this == USER_AS_ROLE || this == GROUP_AS_ROLE ? "ROLE" : name();
    }
}
