package dev.unroll.pretrained.network;

import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
import dev.unroll.tensor.Tensor;

/**
 * Positions that are added to the embeddings and a norm on the sum, as in BART (Lewis et al. 2020).
 *
 * @param positions what is added
 * @param norm on the sum
 */
public record NormedPositions(Positions positions, Norm norm) implements Positions {
    @Override
    public int longest() {
        return positions.longest();
    }

    @Override
    public Tensor addTo(Tensor embeddings, int[] at) {
        return norm.forward(positions.addTo(embeddings, at));
    }

    @Override
    public Tensor rotate(Tensor x, int[] at, int heads) {
        return positions.rotate(x, at, heads);
    }
}
