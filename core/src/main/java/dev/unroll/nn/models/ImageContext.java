package dev.unroll.nn.models;

import dev.unroll.nn.Seed;
import dev.unroll.nn.image.PatchEncoder;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.layers.SequenceReductions;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;

/**
 * The part of an image's feature map that a decoder sees: one summary, or a row for each grid
 * position.
 */
public interface ImageContext {

    /** The two ways in which a decoder sees an image. */
    enum Kind {
        /** {@link Summary} */
        START,
        /** {@link EveryCell} */
        ATTEND
    }

    /**
     * A context of a kind, with first weights.
     *
     * @param cells grid positions of the feature map
     * @param in channels of a grid position
     * @param out numbers in a row that the decoder sees
     */
    static ImageContext of(Kind kind, int cells, int in, int out, Seed seed) {
        return switch (kind) {
            case START -> new Summary(Linear.of(in, out, seed.at("projection")));
            case ATTEND ->
                    new EveryCell(
                            Positions.of(Positions.Kind.LEARNED, in, cells, seed.at("positions")),
                            Linear.of(in, out, seed.at("projection")));
        };
    }

    /**
     * @param cells rows [batch·cells, in], a sequence for each image
     * @return rows [., out], a sequence for each image
     */
    Sequences forward(Sequences cells);

    /**
     * One row, known from the start: the mean of the cells (Vinyals et al. 2015, whose network for
     * images ends in such a mean).
     *
     * @param projection [in, out]
     */
    record Summary(Linear projection) implements ImageContext {
        @Override
        public Sequences forward(Sequences cells) {
            Layout one = Layout.even(cells.layout().batch(), 1);
            return projection.forward(new Sequences(SequenceReductions.mean(cells), one));
        }
    }

    /**
     * Every cell, attended to before each word (Xu et al. 2015). A learnt row says where a cell
     * lies: attention itself does not know. (Patches of a {@link PatchEncoder} have such rows
     * before its layers already; these are theirs behind them.)
     *
     * @param positions a row a cell
     * @param projection [in, out]
     */
    record EveryCell(Positions positions, Linear projection) implements ImageContext {
        @Override
        public Sequences forward(Sequences cells) {
            return projection.forward(positions.addTo(cells));
        }
    }
}
