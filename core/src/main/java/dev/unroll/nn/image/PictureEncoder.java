package dev.unroll.nn.image;

import dev.unroll.nn.Mode;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/** Makes a picture a sequence of rows: one for each cell of a grid over it, row by row. */
public interface PictureEncoder {

    /**
     * @param pictures [batch, height, width, channels]
     * @return rows [batch·cells, width], a sequence for each picture
     */
    Sequences forward(Tensor pictures, Mode mode);

    /** Numbers in a row. */
    int width();

    /** Cells across and down, for square pictures of a side. */
    int cells(int side);
}
