package dev.unroll.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.nn.Mode;
import dev.unroll.nn.ModelGradient;
import dev.unroll.nn.Seed;
import dev.unroll.nn.SmallModels;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import org.junit.jupiter.api.Test;

class OutputTest {
    private static final int[] TARGETS = {4, 0, 2};
    private static final Tensor H = Numbers.of(1, 3, 2);

    private static Output output() {
        return SmallModels.shaken(Output.of(5, 2, new Seed(3)));
    }

    @Test
    void a_logit_is_the_product_with_a_tokens_row_and_its_bias() {
        Output output =
                new Output(
                        Parameter.of(new float[] {1, 2, 3, 4}, 2, 2),
                        Parameter.of(new float[] {10, 20}, 2));
        assertThat(output.logits(Tensor.of(new float[] {1, 2}, 1, 2)).toArray())
                .containsExactly(15, 31);
    }

    @Test
    void a_tied_output_learns_the_embeddings_weight() {
        Embedding embedding = Embedding.of(5, 2, 1, new Seed(2));
        Output output = Output.tied(embedding);
        assertThat(output.weight()).isSameAs(embedding.weight());
        assertThat(output.logits(H).shape().dims()).containsExactly(3, 5);
    }

    @Test
    void the_loss_is_the_cross_entropy_of_the_logits_smoothed_in_training() {
        Output output = output();
        for (Mode mode : new Mode[] {Mode.INFERENCE, new Mode.Training(1, 2, 0.2)}) {
            float smoothing = (float) mode.labelSmoothing();
            Gradients fused = Gradients.of(() -> output.loss(H, TARGETS, mode), H);
            Gradients plain =
                    Gradients.of(() -> CrossEntropy.mean(output.logits(H), TARGETS, smoothing), H);
            Numbers.assertClose(new float[] {fused.loss()}, new float[] {plain.loss()}, 1e-5);
            Numbers.assertClose(fused.of(H), plain.of(H), 1e-5);
        }
    }

    @Test
    void its_derivative_is_its_slope() {
        Output output = output();
        ModelGradient.check(output, () -> output.loss(H, TARGETS, Mode.INFERENCE));
    }
}
