package io.sallyport.proxy.batch;

import io.sallyport.policies.analysis.Analysis;
import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.policies.sql.TokenDigest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A string of SQL and every way in which the server may read it: more than one only while
 * {@code standard_conforming_strings} is in doubt. The worst reading counts.
 *
 * <p>Long texts are not read on the event loop: they stay unread until {@link #complete} was run elsewhere.
 */
public final class SqlText {
    /** Up to this many bytes a text is read on the event loop. */
    static final int INLINE_BYTES = 32 * 1024;

    private static final byte[] NO_TYPES = {};
    private static final byte ALL = 1;
    private static final byte NOT_ALL = 2;

    private final byte[] bytes;
    private final LexerSettings settings;
    private final boolean inDoubt;
    private volatile SqlReadings readings = SqlReadings.NONE;
    private volatile boolean completed;
    private volatile boolean certain;
    private byte[] types = NO_TYPES;
    private boolean utf8;

    /** 0 where nobody has looked. */
    private byte ascii;

    /** @param inDoubt whether standard_conforming_strings may be otherwise by the time the server reads it */
    SqlText(byte[] bytes, LexerSettings settings, boolean inDoubt) {
        this.bytes = bytes;
        this.settings = settings;
        this.inDoubt = inDoubt;
    }

    static SqlText read(byte[] bytes, LexerSettings settings, boolean inDoubt, AnalysisCache cache) {
        SqlText text = new SqlText(bytes, settings, inDoubt);
        if (bytes.length <= INLINE_BYTES) {
            text.readings = text.analyse(cache, false);
        }
        return text;
    }

    /** Reads it in full, with the parser's help where the token readers asked for it; may take milliseconds. */
    public void complete(AnalysisCache cache) {
        readings = analyse(cache, true);
        completed = true;
    }

    private SqlReadings analyse(AnalysisCache cache, boolean complete) {
        Analysis first = complete ? cache.complete(bytes, settings) : cache.quick(bytes, settings);
        certain = !inDoubt || !first.dependsOnConformingStrings();
        if (certain) {
            return SqlReadings.of(List.of(first));
        }
        LexerSettings other = new LexerSettings(!settings.standardConformingStrings(), settings.asciiSafeEncoding());
        return SqlReadings.of(List.of(first, complete ? cache.complete(bytes, other) : cache.quick(bytes, other)));
    }

    /** Whether {@link #complete} has to run before an ALLOW may be given. */
    public boolean incomplete() {
        return !completed && readings.pending();
    }

    /** The statements of every reading, one after the other. */
    public List<StatementFacts> statements() {
        return readings.statements();
    }

    /** How many statements the server finds in it; under two readings, the more. */
    public int statementCount() {
        return readings.count();
    }

    /** Whether the server reads it in one way only, as far as is known. */
    public boolean certain() {
        return certain;
    }

    /** The tokens of one of its statements, white space and comments left out. */
    public void addTokens(StatementFacts statement, MessageDigest digest) {
        TokenDigest.add(bytes, statement.start(), statement.end(), settings, digest);
    }

    public boolean isAscii() {
        if (ascii == 0) {
            ascii = ALL;
            for (byte b : bytes) {
                if (b < 0) {
                    ascii = NOT_ALL;
                    break;
                }
            }
        }
        return ascii == ALL;
    }

    /** As the client sent it. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Its Parse declares these types of parameters: OIDs of four bytes each. */
    void declares(byte[] oids) {
        types = oids;
    }

    /** The types that its parameters were declared to have: OIDs of four bytes each, 0 leaves one to the server. */
    public byte[] declaredTypes() {
        return types.clone();
    }

    /** The OIDs of the types that its parameters were declared to have; empty where all is left to the server. */
    public List<Integer> parameterTypes() {
        List<Integer> declared = new ArrayList<>(types.length / Integer.BYTES);
        ByteBuffer oids = ByteBuffer.wrap(types);
        while (oids.hasRemaining()) {
            declared.add(oids.getInt());
        }
        return declared.stream().allMatch(oid -> oid == 0) ? List.of() : declared;
    }

    /** It was certain that client and server have UTF-8 where it was read. */
    void readAsUtf8() {
        utf8 = true;
    }

    /** Whether its bytes are the letters that UTF-8 makes of them, to the server too. */
    public boolean lettersAreCertain() {
        return utf8 || isAscii();
    }

    /** The bytes, and how they are read, so that no two texts add the same. */
    public void addTo(MessageDigest digest) {
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
        digest.update((byte) (settings.standardConformingStrings() ? 1 : 0));
        digest.update((byte) (settings.asciiSafeEncoding() ? 1 : 0));
    }

    /** How the server reads it. */
    public LexerSettings settings() {
        return settings;
    }

    /** One of its statements, as received. */
    public byte[] bytesOf(StatementFacts statement) {
        return Arrays.copyOfRange(bytes, statement.start(), statement.end());
    }

    /** Whether the proxy itself answers it: its one statement is {@code SALLYPORT …}. */
    public boolean isConsole() {
        return readings.console();
    }

    /**
     * Whether running it leaves every setting as it is. Anything that may call a function, or fire a trigger, may
     * change one; so may the end of a transaction, which takes SET LOCAL back.
     */
    boolean keepsReading() {
        return readings.keepsReading();
    }

    /** Whether it has nothing to do with the names of prepared statements, and is not for the proxy itself. */
    boolean isPlain() {
        return readings.plain();
    }

    /** Whether any statement under any reading makes the server ask for COPY data. */
    public boolean copiesFromClient() {
        return statements().stream().anyMatch(StatementFacts::copyFromClient);
    }

    public int length() {
        return bytes.length;
    }

    /** For people: decoded as UTF-8, what is not becomes U+FFFD. */
    public String display() {
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }
}
