package dev.unroll.nn.image;

import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/**
 * A Transformer that reads an image as a sequence of patches (Dosovitskiy et al. 2021, section
 * 3.1): each patch's numbers become a row, learnt positions are added, and layers of self-attention
 * follow. There is no class token; what a decoder wants of the rows is its own business.
 *
 * @param patch side of a patch in pixels
 * @param embedding from a patch's numbers to a row
 * @param positions learnt, one a patch
 * @param dropout on the rows
 * @param layers of self-attention
 */
public record PatchEncoder(
        int patch,
        Linear embedding,
        Positions positions,
        Dropout dropout,
        TransformerEncoder layers)
        implements ImageEncoder {

    /**
     * An encoder of a shape.
     *
     * @param side of the images, a multiple of the patch's
     */
    public static PatchEncoder of(
            TransformerShape shape, int layers, int channels, int side, int patch, Seed seed) {
        if (patch < 1 || side % patch != 0) {
            throw new IllegalArgumentException(
                    "patches of %d pixels do not fill images of %d".formatted(patch, side));
        }
        int count = (side / patch) * (side / patch);
        return new PatchEncoder(
                patch,
                Linear.of(patch * patch * channels, shape.width(), seed.at("embedding")),
                Positions.of(Positions.Kind.LEARNED, shape.width(), count, seed.at("positions")),
                Dropout.of(shape.dropout(), seed.at("dropout")),
                TransformerEncoder.of(
                        shape.bothWays(), layers, new Positions.NoPositions(), seed.at("layers")));
    }

    @Override
    public Sequences forward(Tensor images, Mode mode) {
        Sequences rows = new Sequences(embedding.forward(patches(images)), layout(images));
        Sequences x = dropout.forward(positions.addTo(rows), mode);
        return layers.forward(x, Masks.NONE, mode);
    }

    private Layout layout(Tensor images) {
        return Layout.even(images.dim(0), (images.dim(1) / patch) * (images.dim(2) / patch));
    }

    /** [batch·patches, patch·patch·channels] */
    private Tensor patches(Tensor images) {
        int batch = images.dim(0);
        int down = images.dim(1) / patch;
        int across = images.dim(2) / patch;
        int run = patch * images.dim(3); // numbers of one line of a patch
        // [batch·down, patch, across, run] to [batch·down, across, patch, run]
        return images.reshape(batch * down, patch, across, run)
                .transpose(1, 2)
                .reshape(batch * down * across, patch * run);
    }

    @Override
    public int width() {
        return embedding.out();
    }

    @Override
    public int cells(int side) {
        return side / patch;
    }
}
