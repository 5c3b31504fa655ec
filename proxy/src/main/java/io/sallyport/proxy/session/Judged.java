package io.sallyport.proxy.session;

import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.Judgeable;
import io.sallyport.proxy.batch.SqlText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was judged of each message that the server will answer by a command tag: of a Query its text, of an Execute the texts that its portal was
 * bound to. Where that is not known for certain, nothing is expected of the tag.
 */
final class Judged {
    private static final int MOST_PORTALS = 1_000;

    /** In a session of replication the server's grammar is another one. */
    private final boolean silent;

    private List<SqlText> unnamed = List.of();
    private final Map<String, List<SqlText>> named = new HashMap<>();

    Judged(boolean replication) {
        this.silent = replication;
    }

    /** Notes it in the slots of the messages that are about to go. */
    void note(Batch batch, BatchReading reading, int upTo, Slot[] slots) {
        if (silent) {
            return;
        }
        List<Judgeable> points = reading.points();
        int next = 0;
        for (int i = 0; i < upTo; i++) {
            Frame frame = batch.frame(i);
            slots[i].estimated = batch.impacts();
            while (next < points.size() && points.get(next).index() < i) {
                next++;
            }
            boolean here = next < points.size() && points.get(next).index() == i;
            List<SqlText> texts = here ? points.get(next).texts() : List.of();
            if (frame.tag() == FrontendTag.QUERY.code()) {
                slots[i].judged = known(texts);
            } else if (frame.tag() == FrontendTag.BIND.code()) {
                bound(FrontendMessage.Bind.portalOf(frame), texts);
            } else if (frame.tag() == FrontendTag.EXECUTE.code()) {
                String portal = FrontendMessage.Execute.portalOf(frame);
                slots[i].judged = known(portal.isEmpty() ? unnamed : named.getOrDefault(portal, List.of()));
                slots[i].resumes = !portal.isEmpty() && !reading.resumed().isEmpty();
            } else if (frame.tag() == FrontendTag.CLOSE.code()) {
                closed(FrontendMessage.Close.of(frame));
            }
        }
    }

    private static @Nullable List<SqlText> known(List<SqlText> texts) {
        return texts.isEmpty() ? null : texts;
    }

    /**
     * A name that was taken is still the old portal's, where the server refuses the new one: then neither is certain. The unnamed portal is
     * replaced, or gone with its transaction.
     */
    private void bound(String portal, List<SqlText> texts) {
        if (portal.isEmpty()) {
            unnamed = texts;
        } else if (named.containsKey(portal)) {
            named.put(portal, List.of());
        } else if (named.size() < MOST_PORTALS) {
            named.put(portal, texts);
        }
    }

    private void closed(FrontendMessage.Close close) {
        if (!close.statement()) {
            named.remove(close.name());
        }
    }

    /** Outside of a transaction, with nothing in flight: no portal of the protocol is left (portalmem.c, AtCommit_Portals). */
    void idle() {
        unnamed = List.of();
        if (!named.isEmpty()) {
            named.clear();
        }
    }
}
