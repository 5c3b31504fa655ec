package io.sallyport.proxy.session;

import io.sallyport.protocol.backend.BackendTag;
import org.jspecify.annotations.Nullable;

/** What the server answers and the client does not hear of, because it did not ask. */
final class Unheard {
    private Unheard() {}

    /** @param head what is being answered; null where nothing was asked */
    static boolean is(@Nullable Slot head, byte tag) {
        return head != null && ((head.question != null && answers(tag)) || (head.silent && leadsToAnswer(tag)));
    }

    /** Whether it is an answer to something that was asked, and not the server's own word. */
    private static boolean answers(byte tag) {
        return switch (tag) {
            case BackendTag.PARSE_COMPLETE,
                    BackendTag.BIND_COMPLETE,
                    BackendTag.CLOSE_COMPLETE,
                    BackendTag.COMMAND_COMPLETE,
                    BackendTag.NOTICE_RESPONSE,
                    BackendTag.DATA_ROW -> true;
            default -> false;
        };
    }

    /** Whether it answers a message that only leads to Execute. */
    private static boolean leadsToAnswer(byte tag) {
        return tag == BackendTag.PARSE_COMPLETE || tag == BackendTag.BIND_COMPLETE || tag == BackendTag.NO_DATA;
    }
}
