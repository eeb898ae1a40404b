package dev.unroll.video;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs what a library does on a thread of its own and waits only so long: JCodec has loops that do
 * not end when the bits of a damaged frame do, and no loop can be stopped from outside. Whoever
 * waited goes on; the thread is given up, and does not keep the process from ending.
 */
final class PatientThread implements AutoCloseable {
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("unroll-video").factory());

    /**
     * Waits for a result.
     *
     * @throws TimeoutException if there is none by then
     * @throws Exception what the step throws
     */
    <T> T call(Callable<T> step, Duration most) throws Exception {
        Future<T> result = thread.submit(step);
        try {
            return result.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
