package dev.unroll.hosts;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A kind of thread that a program may ask a predictor on. */
public enum Place {
    MAIN {
        @Override
        <T> T call(Callable<T> task) throws Exception {
            return task.call();
        }
    },
    /** Its threads have the class loader of the class path, which a jar in a jar is not on. */
    COMMON_POOL {
        @Override
        <T> T call(Callable<T> task) {
            return CompletableFuture.supplyAsync(() -> unchecked(task)).join();
        }
    },
    PARALLEL_STREAM {
        @Override
        <T> T call(Callable<T> task) {
            return Stream.of(task, task).parallel().map(Place::unchecked).toList().getLast();
        }
    },
    THREAD_POOL {
        @Override
        <T> T call(Callable<T> task) throws Exception {
            try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
                return pool.submit(task).get();
            }
        }
    },
    VIRTUAL_THREAD {
        @Override
        <T> T call(Callable<T> task) throws Exception {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                return threads.submit(task).get();
            }
        }
    },
    NO_CONTEXT {
        @Override
        <T> T call(Callable<T> task) throws Exception {
            return withContext(null, task);
        }
    },
    /** What a thread of a library may have that was started before any application. */
    PLATFORM_CONTEXT {
        @Override
        <T> T call(Callable<T> task) throws Exception {
            return withContext(ClassLoader.getPlatformClassLoader(), task);
        }
    };

    /**
     * Loads two runs and asks them on a thread of this kind.
     *
     * @param runs their folder
     */
    public Answers ask(Path runs) throws Exception {
        return call(() -> Answers.of(runs));
    }

    /** Calls the task on a thread of this kind and returns what it returns. */
    abstract <T> T call(Callable<T> task) throws Exception;

    private static <T> T withContext(@Nullable ClassLoader context, Callable<T> task)
            throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        Thread thread = Thread.ofPlatform().unstarted(future);
        thread.setContextClassLoader(context);
        thread.start();
        return future.get();
    }

    private static <T> T unchecked(Callable<T> task) {
        try {
            return task.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
