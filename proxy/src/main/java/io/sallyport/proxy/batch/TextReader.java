package io.sallyport.proxy.batch;

import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.protocol.frontend.FunctionCall;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of one batch the way the server will, as far as that is known at each of them: what runs before a
 * text, in this batch or in flight, may change {@code standard_conforming_strings} or {@code client_encoding}.
 */
final class TextReader {
    private final Batch batch;
    private final ReadingContext context;
    private final AnalysisCache cache;
    private boolean doubt;

    TextReader(Batch batch, ReadingContext context, AnalysisCache cache) {
        this.batch = batch;
        this.context = context;
        this.cache = cache;
        this.doubt = !context.certain();
    }

    /** Notes what runs before the texts that follow. */
    void runs(SqlText text) {
        doubt |= !text.keepsReading();
    }

    /** Something runs whose text this batch does not tell. */
    void runsUnknown() {
        doubt = true;
    }

    boolean inDoubt() {
        return doubt;
    }

    /** The text at this place, read once; null while it is better to wait for what is in flight. */
    @Nullable
    SqlText text(int index, Supplier<byte[]> bytes) {
        SqlText known = batch.text(index);
        if (known != null) {
            return known;
        }
        byte[] sql = bytes.get();
        LexerSettings settings = context.settings();
        if (doubt && !isAscii(sql)) {
            if (!context.certain() && context.canSettle()) {
                return null;
            }
            // A byte that is a quote to us may be half of a character to the server.
            settings = new LexerSettings(settings.standardConformingStrings(), false);
        }
        SqlText text = SqlText.read(sql, settings, doubt, cache);
        if (context.utf8() && !doubt) {
            text.readAsUtf8();
        }
        batch.text(index, text);
        return text;
    }

    /** What stands for a call by number; null when nobody knows what it calls. */
    @Nullable
    SqlText call(int index, FunctionCall call) {
        SqlText known = batch.text(index);
        String sql = FunctionCallText.of(call);
        if (known != null || sql == null) {
            return known;
        }
        SqlText text = SqlText.read(sql.getBytes(StandardCharsets.US_ASCII), LexerSettings.DEFAULT, false, cache);
        batch.text(index, text);
        return text;
    }

    private static boolean isAscii(byte[] text) {
        for (byte b : text) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }
}
