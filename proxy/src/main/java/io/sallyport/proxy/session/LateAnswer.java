package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The last message to a client whose login failed, kept back until its time has come; nothing else passes meanwhile. */
final class LateAnswer {
    private final SessionLoop loop;
    private @Nullable ByteBuf message;
    private SessionLoop.@Nullable Timer timer;
    private boolean given;

    LateAnswer(SessionLoop loop) {
        this.loop = loop;
    }

    /** Whether there is one, or was: the login has failed. */
    boolean given() {
        return given;
    }

    /** Takes ownership. Never told at once: what the server said before is still being relayed. */
    void give(ByteBuf last, Duration delay, Runnable tell) {
        if (given) {
            last.release();
            return;
        }
        given = true;
        message = last;
        if (delay.isZero()) {
            loop.execute(tell);
        } else {
            timer = loop.schedule(delay, tell);
        }
    }

    /** @return null when the session ended first */
    @Nullable
    ByteBuf take() {
        ByteBuf taken = message;
        message = null;
        return taken;
    }

    void release() {
        if (timer != null) {
            timer.cancel();
        }
        ByteBuf left = take();
        if (left != null) {
            left.release();
        }
    }
}
