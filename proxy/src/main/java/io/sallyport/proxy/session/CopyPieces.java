package io.sallyport.proxy.session;

import io.sallyport.protocol.frame.FrameChunk;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.protocol.frontend.FrontendTag;

/** What a client may send while the server reads COPY data (copyfromparse.c, CopyGetData). */
final class CopyPieces {
    private CopyPieces() {}

    /** Data, and its end. */
    static boolean isData(Piece piece) {
        return piece instanceof FrameChunk
                || piece.tag() == FrontendTag.COPY_DONE.code()
                || piece.tag() == FrontendTag.COPY_FAIL.code();
    }

    /** The server ignores them there; anything else fails the COPY. */
    static boolean isIgnored(Piece piece) {
        return piece.tag() == FrontendTag.SYNC.code() || piece.tag() == FrontendTag.FLUSH.code();
    }
}
