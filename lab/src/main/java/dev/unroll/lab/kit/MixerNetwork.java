package dev.unroll.lab.kit;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Output;
import dev.unroll.nn.layers.Positions;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A language model whose layers are a {@link Mixer} each, with a norm in front, a residual
 * connection around it and no feed-forward part; the output shares its weights with the embedding
 * (Arora et al. 2023, appendix E).
 *
 * @param embedding of the tokens
 * @param positions learnt, or none
 * @param first norm of the embeddings, so that what the layers add is not large beside them
 * @param layers the lowest first
 * @param last norm behind the last layer
 * @param output a number for each token
 */
public record MixerNetwork(
        Embedding embedding,
        Positions positions,
        Norm first,
        List<Layer> layers,
        Norm last,
        Output output)
        implements Model {

    /** The deviation of the first embeddings, as in the paper's code. */
    private static final double DEVIATION = 0.02;

    /** A mixer with its norm: y = x + mixer(norm(x)). */
    public record Layer(Norm norm, Mixer mixer) {
        Sequences forward(Sequences x) {
            Sequences mixed = mixer.mix(x.with(norm.forward(x.rows())));
            return x.with(x.rows().plus(mixed.rows()));
        }
    }

    /** Two layers of one width for the tokens of a task. */
    public static MixerNetwork of(Mixer.Factory mixer, Remembered task, int width, Seed seed) {
        Embedding embedding =
                Embedding.of(task.vocabulary(), width, DEVIATION, seed.at("embedding"));
        Positions.Kind kind = mixer.needsPositions() ? Positions.Kind.LEARNED : Positions.Kind.NONE;
        return new MixerNetwork(
                embedding,
                Positions.of(kind, width, task.length(), seed.at("positions")),
                Norm.of(Norm.Kind.LAYER, width),
                IntStream.range(0, 2)
                        .mapToObj(
                                l ->
                                        new Layer(
                                                Norm.of(Norm.Kind.LAYER, width),
                                                mixer.of(width, seed.at("mixer").at(l))))
                        .toList(),
                Norm.of(Norm.Kind.LAYER, width),
                Output.tied(embedding));
    }

    /** The states behind the last layer at the questions: [questions, width]. */
    private Tensor states(Remembered.Batch batch) {
        Sequences in = positions.addTo(embedding.forward(batch.tokens()));
        Sequences x = in.with(first.forward(in.rows()));
        for (Layer layer : layers) {
            x = layer.forward(x);
        }
        return last.forward(x.rows().gather(batch.rows()));
    }

    /** {@return the mean cross-entropy of the answers, in nats} */
    public Tensor loss(Remembered.Batch batch) {
        return output.loss(states(batch), batch.answers(), Mode.INFERENCE);
    }

    /** {@return the most probable token at each question} */
    public int[] answers(Remembered.Batch batch) {
        return output.logits(states(batch)).argMax();
    }
}
