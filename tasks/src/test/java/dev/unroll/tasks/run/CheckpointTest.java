package dev.unroll.tasks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.Parameter;
import dev.unroll.train.Adam;
import dev.unroll.train.OptimiserState;
import dev.unroll.train.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    @TempDir Path folder;

    private static Map<String, Parameter> parameters(float value, int width) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        parameters.put("a", Parameter.full(value, 2));
        parameters.put("b", Parameter.full(value, 3, width));
        return parameters;
    }

    private static OptimiserState state(Map<String, Parameter> parameters) {
        return OptimiserState.of(Adam.standard(), parameters);
    }

    @Test
    void weights_state_and_progress_come_back() throws IOException {
        Map<String, Parameter> before = parameters(1.25f, 4);
        OptimiserState state = state(before);
        state.tensors().values().forEach(slot -> slot.set(filled(slot.size(), 0.5f)));
        Path file = folder.resolve("last.safetensors");
        Progress progress = new Progress(7, 1, 2, List.of(0.5, 0.25));
        Checkpoint.save(file, before, state, progress);

        Map<String, Parameter> after = parameters(0, 4);
        OptimiserState other = state(after);
        assertThat(Checkpoint.load(file, after, other)).isEqualTo(progress);
        after.values().forEach(p -> assertThat(p.value().toArray()).containsOnly(1.25f));
        other.tensors().values().forEach(p -> assertThat(p.value().toArray()).containsOnly(0.5f));
    }

    @Test
    void a_checkpoint_of_another_model_changes_nothing() throws IOException {
        Map<String, Parameter> wide = parameters(1, 5);
        Path file = folder.resolve("last.safetensors");
        Checkpoint.save(file, wide, state(wide), Progress.START);
        Map<String, Parameter> narrow = parameters(0, 4);
        assertThatThrownBy(() -> Checkpoint.load(file, narrow, state(narrow)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("'b' is of another size");
        narrow.values().forEach(p -> assertThat(p.value().toArray()).containsOnly(0f));
        narrow.put("c", Parameter.full(0, 1));
        narrow.put("b", Parameter.full(0, 3, 5));
        assertThatThrownBy(() -> Checkpoint.load(file, narrow, state(narrow)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("'c' is missing");
        narrow.values().forEach(p -> assertThat(p.value().toArray()).containsOnly(0f));
    }

    private static float[] filled(int size, float value) {
        return Parameter.full(value, size).value().toArray();
    }
}
