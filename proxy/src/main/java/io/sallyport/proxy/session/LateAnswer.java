package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.sallyport.proxy.auth.LoginThrottle;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The last message to a client whose login failed, kept back until its time has come; nothing else passes meanwhile. */
final class LateAnswer {
    private final SessionLoop loop;
    private final LoginThrottle throttle;
    private final String client;
    private @Nullable ByteBuf message;
    private SessionLoop.@Nullable Timer timer;
    private boolean given;

    /** @param throttle told when the session of this `address:port` ends before the time has come */
    LateAnswer(SessionLoop loop, LoginThrottle throttle, String client) {
        this.loop = loop;
        this.throttle = throttle;
        this.client = client;
    }

    /** Whether there is one, or was: the login has failed. */
    boolean given() {
        return given;
    }

    /** Takes ownership. Never told at once: what the server said before is still being relayed. */
    void give(ByteBuf last, Duration delay, Consumer<ByteBuf> tell) {
        if (given) {
            last.release();
            return;
        }
        given = true;
        message = last;
        Runnable end = () -> {
            ByteBuf kept = take();
            if (kept != null) {
                tell.accept(kept);
            }
        };
        if (delay.isZero()) {
            loop.execute(end);
        } else {
            timer = loop.schedule(delay, end);
        }
    }

    /** @return null when it was told, or the session ended first */
    private @Nullable ByteBuf take() {
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
            if (timer != null) {
                throttle.hungUp(client);
            }
        }
    }
}
