package dev.unroll.tasks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class AveragesTest {
    @TempDir Path folder;

    @Test
    @ResourceLock(Resources.LOCALE)
    void the_last_weights_are_kept_and_meant_whatever_digits_people_write() throws IOException {
        Averages averages = new Averages(folder, 2);
        Parameter parameter = Parameter.full(0, 1);
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        try {
            for (int step = 8; step <= 10; step++) {
                // a training that goes on may do so under other settings
                Locale.setDefault(
                        Locale.Category.FORMAT, step == 9 ? Locale.of("ar", "EG") : Locale.US);
                parameter.set(new float[] {step});
                averages.add(step, Map.of("w", parameter));
            }
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
        assertThat(folder)
                .isDirectoryContaining("glob:**/step-000000009.safetensors")
                .isDirectoryContaining("glob:**/step-000000010.safetensors")
                .isDirectoryNotContaining("glob:**/step-000000008.safetensors");
        averages.into(Map.of("w", parameter));
        assertThat(parameter.value().toArray()).containsExactly(9.5f);
    }

    @Test
    void weights_of_another_model_have_no_mean() throws IOException {
        Averages averages = new Averages(folder, 2);
        averages.add(1, Map.of("w", Parameter.full(1, 2)));
        Parameter other = Parameter.full(0, 3);
        assertThatThrownBy(() -> averages.into(Map.of("w", other)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining(
                        "step-000000001.safetensors does not belong to this model: w");
        assertThat(other.value().toArray()).containsOnly(0f);
    }
}
