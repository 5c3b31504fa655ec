package io.sallyport.proxy.session;

import io.sallyport.proxy.store.StoreUnavailable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A question to the control database, for a session: asked on a worker, answered on the session's loop. */
final class ControlCall {
    /** What blocks. */
    interface Call<T> {
        T make() throws StoreUnavailable;
    }

    /** Called once, on the loop, later; exactly one of the two is null. */
    interface Answered<T> {
        void with(@Nullable T answer, @Nullable Throwable fault);
    }

    private ControlCall() {}

    static <T> void ask(SessionContext context, Call<T> call, Answered<T> then) {
        AtomicReference<@Nullable T> answer = new AtomicReference<>();
        AtomicReference<@Nullable Throwable> away = new AtomicReference<>();
        Runnable work = () -> {
            try {
                answer.set(call.make());
            } catch (StoreUnavailable unavailable) {
                away.set(unavailable);
            }
        };
        Errand.run(
                context.services().control(),
                context.loop(),
                work,
                fault -> then.with(answer.get(), fault == null ? away.get() : fault));
    }
}
