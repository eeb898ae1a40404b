package dev.unroll.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.nn.Mode;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {

    /** Texts of as many words, of which one is spelled in more characters than the others. */
    private record Spelling(Parameter weight, int batches, int longest)
            implements Objective<Integer> {
        @Override
        public Map<String, Parameter> parameters() {
            return Map.of("weight", weight);
        }

        @Override
        public List<Integer> batches(int epoch) {
            return IntStream.range(0, batches).map(b -> b == 5 ? longest : 10).boxed().toList();
        }

        @Override
        public Tensor loss(Integer characters, Mode mode) {
            return Tensor.zeros(characters, 8).matmul(weight.value()).tanh().sum();
        }

        @Override
        public int tokens(Integer batch) {
            return 1_000;
        }
    }

    private static TrainingMemory of(int batches, int longest) {
        Spelling objective = new Spelling(Parameter.full(0.5f, 8, 8), batches, longest);
        return TrainingMemory.of(
                objective, OptimiserState.of(Sgd.plain(), objective.parameters()), 0);
    }

    @Test
    void of_batches_of_as_many_tokens_the_one_that_needs_the_most_is_counted() {
        assertThat(of(20, 2_000).step()).isEqualTo(of(6, 2_000).step());
        assertThat(of(20, 2_000).step()).isGreaterThan(2 * of(20, 500).step());
    }
}
