package dev.unroll.lab.kit;

import dev.unroll.backend.Backends;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Work on one thread, however many threads the process has. */
public final class OneThread {
    private OneThread() {}

    /**
     * {@return what the work gives} Its operations stay on one thread, as they do where a batch of
     * sentences is translated side by side, a sentence a thread; here there is only one.
     */
    public static Object run(Supplier<?> work) {
        AtomicReference<Object> result = new AtomicReference<>();
        Backends.current()
                .sideBySide(
                        2,
                        part -> {
                            if (part == 0) {
                                result.set(work.get());
                            }
                        });
        return result.get();
    }
}
