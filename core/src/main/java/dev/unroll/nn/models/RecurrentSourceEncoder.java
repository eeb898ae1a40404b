package dev.unroll.nn.models;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.recurrent.CellFactory;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.List;

/**
 * The reading half of a recurrent encoder-decoder (Sutskever et al. 2014; Cho et al. 2014).
 *
 * @param embedding a row for each token
 * @param dropout on those rows
 * @param layers usually read both ways
 */
public record RecurrentSourceEncoder(Embedding embedding, Dropout dropout, Recurrent layers)
        implements Encoder {

    /**
     * An encoder of a size, with an embedding of its own. The shape's alignment is the decoder's
     * matter and without effect here.
     */
    public static RecurrentSourceEncoder of(
            CellFactory cells, RecurrentShape shape, int vocabulary, Seed seed) {
        return of(
                cells,
                shape,
                Embedding.of(vocabulary, shape.width(), 0.1, seed.at("source")),
                seed);
    }

    /** An encoder of a size that reads with an embedding as wide as the shape. */
    static RecurrentSourceEncoder of(
            CellFactory cells, RecurrentShape shape, Embedding embedding, Seed seed) {
        return new RecurrentSourceEncoder(
                embedding,
                Dropout.of(shape.dropout(), seed.at("dropout")).at(0),
                Recurrent.of(
                        cells,
                        shape.width(),
                        shape.hidden(),
                        shape.layers(),
                        shape.bidirectional(),
                        shape.dropout(),
                        seed.at("encoder")));
    }

    @Override
    public Memory encode(Tokens source, Mode mode) {
        Layout layout = source.layout();
        IndexedRows x = embedding.rows(source, dropout, mode);
        Recurrent.Unrolled all = layers.unroll(x, layout, layers.start(layout.batch()), mode);
        List<Tensor> last = new ArrayList<>();
        for (int l = 0; l < layers.layers(); l++) {
            Tensor h = all.last().forward().get(l).h();
            last.add(
                    layers.bidirectional()
                            ? Tensor.concat(1, h, all.last().backward().get(l).h())
                            : h); // [batch, layers' width]
        }
        return new Memory(all.outputs(), last);
    }

    @Override
    public int width() {
        return layers.width();
    }
}
