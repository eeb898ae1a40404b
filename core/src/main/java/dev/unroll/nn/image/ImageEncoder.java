package dev.unroll.nn.image;

import dev.unroll.nn.Mode;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/** Makes an image a sequence of rows: one for each cell of a grid over it, row by row. */
public interface ImageEncoder {

    /**
     * @param images [batch, height, width, channels]
     * @return rows [batch·cells, width], a sequence for each image
     */
    Sequences forward(Tensor images, Mode mode);

    /** Numbers in a row. */
    int width();

    /** Cells across and down, for square images of a side. */
    int cells(int side);
}
