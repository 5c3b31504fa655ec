package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What CREATE, ALTER and DROP work on; types of several words stand before those that begin alike. */
enum ObjectType {
    MATERIALIZED_VIEW(Naming.RELATION),
    FOREIGN_TABLE(Naming.RELATION),
    FOREIGN_DATA_WRAPPER(Naming.NO_TABLE),
    EVENT_TRIGGER(Naming.NO_TABLE),
    TEXT_SEARCH_CONFIGURATION(Naming.NO_TABLE),
    TEXT_SEARCH_DICTIONARY(Naming.NO_TABLE),
    TEXT_SEARCH_PARSER(Naming.NO_TABLE),
    TEXT_SEARCH_TEMPLATE(Naming.NO_TABLE),
    ACCESS_METHOD(Naming.NO_TABLE),
    USER_MAPPING(Naming.NO_TABLE),
    OPERATOR_CLASS(Naming.NO_TABLE),
    OPERATOR_FAMILY(Naming.NO_TABLE),
    LARGE_OBJECT(Naming.NO_TABLE),
    DEFAULT_PRIVILEGES(Naming.NO_TABLE),
    AGGREGATE(Naming.NO_TABLE),
    CAST(Naming.NO_TABLE),
    COLLATION(Naming.NO_TABLE),
    CONVERSION(Naming.NO_TABLE),
    DATABASE(Naming.NO_TABLE),
    DOMAIN(Naming.NO_TABLE),
    EXTENSION(Naming.NO_TABLE),
    FUNCTION(Naming.NO_TABLE),
    INDEX(Naming.RELATION),
    LANGUAGE(Naming.NO_TABLE),
    OPERATOR(Naming.NO_TABLE),
    OWNED(Naming.NO_TABLE),
    POLICY(Naming.ON_TABLE),
    PROCEDURE(Naming.NO_TABLE),
    PUBLICATION(Naming.NO_TABLE),
    ROLE(Naming.NO_TABLE),
    ROUTINE(Naming.NO_TABLE),
    RULE(Naming.ON_TABLE),
    SCHEMA(Naming.NO_TABLE),
    SEQUENCE(Naming.RELATION),
    SERVER(Naming.NO_TABLE),
    STATISTICS(Naming.NO_TABLE),
    SUBSCRIPTION(Naming.NO_TABLE),
    SYSTEM(Naming.NO_TABLE),
    TABLE(Naming.RELATION),
    TABLESPACE(Naming.NO_TABLE),
    TRANSFORM(Naming.NO_TABLE),
    TRIGGER(Naming.ON_TABLE),
    TYPE(Naming.NO_TABLE),
    VIEW(Naming.RELATION),
    USER(Naming.NO_TABLE),
    GROUP(Naming.NO_TABLE);

    /** How a statement about such an object names a table. */
    enum Naming {
        RELATION,
        ON_TABLE,
        NO_TABLE
    }

    private static final ObjectType[] TYPES = values();

    /** The words of each type: its name's parts. */
    private static final Keyword[][] WORDS = words();

    private final Naming naming;

    ObjectType(Naming naming) {
        this.naming = naming;
    }

    private static Keyword[][] words() {
        Keyword[][] words = new Keyword[TYPES.length][];
        for (int i = 0; i < TYPES.length; i++) {
            words[i] = Arrays.stream(TYPES[i].name().split("_", -1))
                    .map(Keyword::valueOf)
                    .toArray(Keyword[]::new);
        }
        return words;
    }

    /** The type whose words stand at {@code i}. */
    static ObjectType required(TokenList tokens, int i) {
        ObjectType type = find(tokens, i);
        if (type == null) {
            throw new Unreadable("no object that CREATE, ALTER or DROP works on");
        }
        return type;
    }

    static @Nullable ObjectType find(TokenList tokens, int i) {
        for (int type = 0; type < TYPES.length; type++) {
            if (standsAt(WORDS[type], tokens, i)) {
                return TYPES[type];
            }
        }
        return null;
    }

    private static boolean standsAt(Keyword[] words, TokenList tokens, int i) {
        for (int k = 0; k < words.length; k++) {
            if (!tokens.is(i + k, words[k])) {
                return false;
            }
        }
        return true;
    }

    /** Moves behind the words. */
    void skip(Walker walker) {
        for (int i = 0; i <= name().chars().filter(c -> c == '_').count(); i++) {
            walker.skip();
        }
    }

    Naming naming() {
        return naming;
    }

    /** The kind's name behind CREATE_, ALTER_ or DROP_. */
    String suffix() {
        return this == USER || this == GROUP ? "ROLE" : name();
    }
}
