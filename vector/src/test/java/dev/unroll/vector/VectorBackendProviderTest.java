package dev.unroll.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.BackendProvider;
import dev.unroll.backend.Backends;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class VectorBackendProviderTest {

    @Test
    void the_backend_is_found_and_chosen_on_the_class_path() {
        assertThat(ServiceLoader.load(BackendProvider.class))
                .hasAtLeastOneElementOfType(VectorBackendProvider.class);
        assertThat(Backends.current().name()).isEqualTo("vector");
        assertThat(Backends.current().description()).contains("-bit vectors");
    }
}
