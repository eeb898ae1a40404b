package dev.unroll.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backends;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Each test loads Unroll's classes anew, since the choice belongs to the process that loads them.
 */
class BackendsTest {
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();
    private static final URL CORE = place(Backends.class);
    private static final URL VECTOR = place(VectorBackend.class);

    private static URL place(Class<?> c) {
        return c.getProtectionDomain().getCodeSource().getLocation();
    }

    private static ClassLoader of(ClassLoader parent, URL... urls) {
        return new URLClassLoader(urls, parent);
    }

    /** Name of the backend that a thread with this context class loader gets, or of the choice. */
    private static String backend(ClassLoader unroll, String method, @Nullable ClassLoader context)
            throws Exception {
        Callable<String> ask =
                () -> {
                    Object answer =
                            unroll.loadClass("dev.unroll.backend.Backends")
                                    .getMethod(method)
                                    .invoke(null);
                    Object backend =
                            method.equals("choice")
                                    ? answer.getClass().getMethod("backend").invoke(answer)
                                    : answer;
                    return (String)
                            unroll.loadClass("dev.unroll.backend.Backend")
                                    .getMethod("name")
                                    .invoke(backend);
                };
        FutureTask<String> task = new FutureTask<>(ask);
        Thread thread = new Thread(task);
        thread.setContextClassLoader(context);
        thread.start();
        return task.get();
    }

    @Test
    void a_backend_beside_unrolls_own_classes_is_found_on_a_thread_of_another_class_loader()
            throws Exception {
        for (@Nullable ClassLoader foreign : new @Nullable ClassLoader[] {PLATFORM, null}) {
            ClassLoader unroll = of(PLATFORM, CORE, VECTOR);
            assertThat(backend(unroll, "current", foreign)).isEqualTo("vector");
        }
    }

    @Test
    void a_backend_is_found_by_the_context_class_loader_alone() throws Exception {
        ClassLoader unroll = of(PLATFORM, CORE);
        assertThat(backend(unroll, "current", of(unroll, VECTOR))).isEqualTo("vector");
    }

    @Test
    void a_fallback_gives_way_to_a_backend_that_a_later_thread_can_load() throws Exception {
        ClassLoader unroll = of(PLATFORM, CORE);
        assertThat(backend(unroll, "current", null)).isEqualTo("scalar");
        assertThat(backend(unroll, "current", PLATFORM)).isEqualTo("scalar");
        assertThat(backend(unroll, "current", of(unroll, VECTOR))).isEqualTo("vector");
        assertThat(backend(unroll, "current", null)).isEqualTo("vector");
    }

    @Test
    void asking_for_the_choice_looks_again_where_a_backend_was_added() throws Exception {
        Growing unroll = new Growing(CORE);
        assertThat(backend(unroll, "current", unroll)).isEqualTo("scalar");
        unroll.addURL(VECTOR);
        assertThat(backend(unroll, "choice", unroll)).isEqualTo("vector");
        assertThat(backend(unroll, "current", unroll)).isEqualTo("vector");
    }

    @Test
    void a_class_loader_with_another_copy_of_unroll_does_not_disturb_the_search() throws Exception {
        ClassLoader unroll = of(PLATFORM, CORE, VECTOR);
        assertThat(backend(unroll, "current", of(PLATFORM, CORE, VECTOR))).isEqualTo("vector");
    }

    private static final class Growing extends URLClassLoader {
        Growing(URL first) {
            super(new URL[] {first}, PLATFORM);
        }

        @Override
        public void addURL(URL url) {
            super.addURL(url);
        }
    }
}
