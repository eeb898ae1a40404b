package dev.unroll.nn;

import dev.unroll.tensor.FixedLinear;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Picked;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two recurrent networks, one that reads and one that writes (Sutskever et al. 2014; Cho et al.
 * 2014). Without attention all that the writer knows of the source is one state of fixed size: it
 * starts from it and sees it again before every word. With attention (Luong et al. 2015) each of
 * its states looks back at all states of the reader:
 *
 * <pre>
 *   h̃ = tanh([context; h]·Wc)       logits = h̃·Wᵀ + b
 * </pre>
 *
 * @param source a row for each token that is read
 * @param target a row for each token that is written
 * @param dropout on embeddings and before the output
 * @param encoder usually reads both ways
 * @param bridges from the encoder's last states to the decoder's first, one a layer
 * @param decoder reads forward
 * @param alignment none: the fixed-size bottleneck
 * @param combine Wc, from [context; h] to the output's width
 * @param output its weight may be the target embedding's
 */
public record RecurrentEncoderDecoder(
        Embedding source,
        Embedding target,
        Dropout dropout,
        Recurrent encoder,
        List<Linear> bridges,
        Recurrent decoder,
        @Nullable Alignment alignment,
        Linear combine,
        Output output)
        implements EncoderDecoder {

    /** The size of such a network. */
    public record Shape(
            int width,
            int hidden,
            int layers,
            boolean bidirectional,
            Optional<Alignment.Kind> alignment,
            double dropout) {
        public Shape {
            if (width < 1 || hidden < 1 || layers < 1) {
                throw new IllegalArgumentException(
                        "width, hidden and layers are at least 1, not %d, %d, %d"
                                .formatted(width, hidden, layers));
            }
            if (!(dropout >= 0 && dropout < 1)) {
                throw new IllegalArgumentException("dropout: in [0, 1), not " + dropout);
            }
            if (bidirectional && alignment.equals(Optional.of(Alignment.Kind.DOT))) {
                throw new IllegalArgumentException(
                        ("alignment: DOT compares states of one width, and an encoder that reads"
                                        + " both ways has %d numbers, its decoder %d; use GENERAL or"
                                        + " ADDITIVE, or read one way")
                                .formatted(2 * hidden, hidden));
            }
        }
    }

    /**
     * A network of a shape, with cells of a kind.
     *
     * @param sharedVocabulary one embedding reads and writes
     */
    public static RecurrentEncoderDecoder of(
            CellFactory cells,
            Shape shape,
            int sourceVocabulary,
            int targetVocabulary,
            boolean sharedVocabulary,
            Seed seed) {
        int hidden = shape.hidden();
        int read = shape.bidirectional() ? 2 * hidden : hidden;
        boolean attends = shape.alignment().isPresent();
        Embedding target = Embedding.of(targetVocabulary, shape.width(), 0.1, seed.at("target"));
        Embedding source =
                sharedVocabulary
                        ? target
                        : Embedding.of(sourceVocabulary, shape.width(), 0.1, seed.at("source"));
        List<Linear> bridges = new ArrayList<>();
        for (int l = 0; l < shape.layers(); l++) {
            bridges.add(Linear.of(read, hidden, seed.at("bridge").at(l)));
        }
        Recurrent encoder =
                Recurrent.of(
                        cells,
                        shape.width(),
                        hidden,
                        shape.layers(),
                        shape.bidirectional(),
                        shape.dropout(),
                        seed.at("encoder"));
        Recurrent decoder =
                Recurrent.of(
                        cells,
                        attends ? shape.width() : shape.width() + hidden,
                        hidden,
                        shape.layers(),
                        false,
                        shape.dropout(),
                        seed.at("decoder"));
        int seen = attends ? read : hidden;
        return new RecurrentEncoderDecoder(
                source,
                target,
                Dropout.of(shape.dropout(), seed.at("dropout")),
                encoder,
                bridges,
                decoder,
                shape.alignment()
                        .map(kind -> Alignment.of(kind, hidden, read, seed.at("alignment")))
                        .orElse(null),
                Linear.of(seen + hidden, shape.width(), seed.at("combine")),
                Output.tied(target));
    }

    /** The same weights, as a network that only writes. */
    private RecurrentWordDecoder words() {
        return new RecurrentWordDecoder(
                target, dropout, bridges, decoder, alignment, combine, output);
    }

    /** What is known of a source. */
    private RecurrentWordDecoder.Known read(Tokens tokens, Mode mode) {
        Layout layout = tokens.layout();
        Picked x =
                dropout.acts(mode)
                        ? Picked.each(dropout.at(0).forward(source.forward(tokens.ids()), mode))
                        : source.pick(tokens.ids());
        Recurrent.Unrolled all = encoder.unroll(x, layout, encoder.start(layout.batch()), mode);
        List<Tensor> ends = new ArrayList<>();
        for (int l = 0; l < decoder.layers(); l++) {
            Tensor h = all.last().forward().get(l).h();
            if (encoder.bidirectional()) {
                Tensor left = all.last().backward().get(l).h();
                h = Tensor.concat(1, h, left);
            }
            ends.add(h); // [batch, read]
        }
        return words().known(all.outputs(), ends);
    }

    private Tensor decoded(Tokens from, Tokens before, Mode mode) {
        return words().decoded(read(from, mode), before, mode);
    }

    @Override
    public Tensor loss(Tokens from, Tokens before, int[] after, Mode mode) {
        return output.loss(decoded(from, before, mode), after, mode);
    }

    @Override
    public Tensor logits(Tokens from, Tokens before, Mode mode) {
        return output.logits(decoded(from, before, mode));
    }

    @Override
    public Writer writer() {
        RecurrentWordDecoder writes = words();
        FixedLinear fixed = writes.words();
        return from -> writes.decode(read(from, Mode.INFERENCE), fixed);
    }
}
