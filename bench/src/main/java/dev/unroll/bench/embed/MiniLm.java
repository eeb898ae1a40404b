package dev.unroll.bench.embed;

import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.attention.MultiHeadAttention;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.LayerNorm;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.transformer.EncoderLayer;
import dev.unroll.nn.transformer.Sublayer;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.onnx.OnnxModel;
import dev.unroll.onnx.OnnxWeights;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * all-MiniLM-L6-v2: a BERT encoder of 6 post-norm layers, width 384, 12 heads (Wang et al. 2020,
 * fine-tuned by sentence-transformers).
 *
 * @param words a row for each token
 * @param positions a row for each place
 * @param types the row of the first of two texts is used
 * @param norm on their sum
 * @param layers of attention
 */
record MiniLm(
        Embedding words,
        Embedding positions,
        Embedding types,
        LayerNorm norm,
        TransformerEncoder layers) {
    static final int VOCABULARY = 30_522;
    static final int LONGEST = 512;
    private static final String FILE = "/all-minilm-l6-v2.onnx";
    private static final int LAYERS = 6;
    private static final int WIDTH = 384;
    private static final int HEADS = 12;
    private static final int INSIDE = 4 * WIDTH;
    private static final float EPSILON = 1e-12f;

    /** The model's file, as it is published. */
    static byte[] file() {
        try (InputStream in = MiniLm.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the jar with " + FILE + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MiniLm load() {
        return new Reader(OnnxWeights.of(OnnxModel.read(MemorySegment.ofArray(file()), FILE)))
                .model();
    }

    /** Gives a row for each token, [tokens, 384]. */
    Tensor forward(Tokens tokens) {
        Tensor x =
                words.forward(tokens.ids())
                        .plus(positions.forward(tokens.layout().positions()))
                        .plus(types.forward(0));
        Sequences rows = new Sequences(norm.forward(x), tokens.layout());
        return layers.forward(rows, Masks.NONE, Mode.INFERENCE).rows();
    }

    /** Layers out of an ONNX file's names. */
    private record Reader(OnnxWeights weights) {

        MiniLm model() {
            List<EncoderLayer> layers = new ArrayList<>();
            for (int l = 0; l < LAYERS; l++) {
                layers.add(layer("encoder.layer." + l));
            }
            return new MiniLm(
                    embedding("embeddings.word_embeddings", VOCABULARY),
                    embedding("embeddings.position_embeddings", LONGEST),
                    embedding("embeddings.token_type_embeddings", 2),
                    norm("embeddings.LayerNorm"),
                    new TransformerEncoder(layers, null));
        }

        private EncoderLayer layer(String name) {
            return new EncoderLayer(
                    new MultiHeadAttention(
                            linear(name + ".attention.self.query", WIDTH, WIDTH),
                            linear(name + ".attention.self.key", WIDTH, WIDTH),
                            linear(name + ".attention.self.value", WIDTH, WIDTH),
                            linear(name + ".attention.output.dense", WIDTH, WIDTH),
                            HEADS,
                            HEADS,
                            new Positions.NoPositions()),
                    sublayer(name + ".attention.output.LayerNorm"),
                    new FeedForward.Plain(
                            FeedForward.Kind.GELU,
                            linear(name + ".intermediate.dense", WIDTH, INSIDE),
                            linear(name + ".output.dense", INSIDE, WIDTH),
                            new Dropout(0, 0)),
                    sublayer(name + ".output.LayerNorm"));
        }

        private Sublayer sublayer(String name) {
            return new Sublayer(false, norm(name), new Dropout(0, 0));
        }

        private LayerNorm norm(String name) {
            return new LayerNorm(
                    parameter(name + ".weight", WIDTH), parameter(name + ".bias", WIDTH), EPSILON);
        }

        private Embedding embedding(String name, int rows) {
            return new Embedding(parameter(name + ".weight", rows, WIDTH));
        }

        private Linear linear(String name, int in, int out) {
            Tensor turned = Tensor.of(weights.values(name + ".weight"), out, in).transpose();
            return new Linear(
                    Parameter.of(turned.toArray(), in, out), parameter(name + ".bias", out));
        }

        private Parameter parameter(String name, int... dims) {
            return Parameter.of(weights.values(name), dims);
        }
    }
}
