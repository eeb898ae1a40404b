package dev.unroll.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.nn.recurrent.CellKind;
import dev.unroll.nn.recurrent.Cells;
import dev.unroll.own.MinimalGatedUnit;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServicesTest {
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    private static List<String> names(@Nullable ClassLoader context) throws Exception {
        FutureTask<List<String>> task = new FutureTask<>(Cells::names);
        Thread thread = new Thread(task);
        thread.setContextClassLoader(context);
        thread.start();
        return task.get();
    }

    @Test
    void an_implementation_beside_unrolls_own_classes_is_found_on_a_thread_of_another_class_loader()
            throws Exception {
        assertThat(names(PLATFORM)).contains("lstm", "mgu");
        assertThat(names(null)).contains("lstm", "mgu");
    }

    @Test
    void an_application_with_another_copy_of_unroll_does_not_disturb_the_search() throws Exception {
        URL[] copy = {place(CellKind.class), place(MinimalGatedUnit.class)};
        try (URLClassLoader other = new URLClassLoader(copy, PLATFORM)) {
            assertThat(names(other)).contains("lstm", "mgu");
        }
    }

    @Test
    void an_implementation_that_two_class_loaders_find_is_there_once() {
        assertThat(Services.all(CellKind.class)).extracting(CellKind::name).containsOnlyOnce("mgu");
    }

    private static URL place(Class<?> c) {
        return c.getProtectionDomain().getCodeSource().getLocation();
    }
}
