package dev.unroll.nn.image;

import dev.unroll.nn.recurrent.CellState;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A recurrent layer over clips whose state is an image: each place's state sees the input and the
 * states around it. The states are passed from step to step. All clips of a batch have the same
 * number of frames, of the same size.
 */
public interface ConvolutionalCell {

    /** One step: frames x [batch, height, width, input] and the state before give the one after. */
    default CellState step(Tensor x, CellState state) {
        return next(project(x), state);
    }

    /** The share of the gates that the input alone gives, for any number of frames at once. */
    Tensor project(Tensor x);

    /** One step from the result of {@link #project}. */
    CellState next(Tensor projected, CellState state);

    /** {@return the channels of the hidden state} */
    int hidden();

    /** {@return the channels of the memory {@link CellState#c}; 0 for a cell without one} */
    default int memory() {
        return 0;
    }

    /** {@return the state before the first frame: zeros} */
    default CellState start(int batch, int height, int width) {
        Tensor h = Tensor.zeros(batch, height, width, hidden());
        return memory() == 0
                ? new CellState(h)
                : new CellState(h, Tensor.zeros(batch, height, width, memory()));
    }

    /**
     * All steps of a clip. The result is that of stepping; the convolutions of the input are one
     * for all frames.
     *
     * @param xs [time, batch, height, width, input]
     * @param first the state before the first frame
     */
    default Unrolled unroll(Tensor xs, CellState first) {
        if (xs.rank() != 5) {
            throw new IllegalArgumentException(
                    "unroll: clips are [time, batch, height, width, channels], not " + xs.shape());
        }
        int time = xs.dim(0);
        int batch = xs.dim(1);
        int height = xs.dim(2);
        int width = xs.dim(3);
        Tensor projected = project(xs.reshape(time * batch, height, width, xs.dim(4)));
        CellState state = first;
        List<Tensor> visible = new ArrayList<>();
        for (int t = 0; t < time; t++) {
            state = next(projected.slice(0, t * batch, (t + 1) * batch), state);
            visible.add(state.h());
        }
        Tensor all =
                visible.isEmpty()
                        ? Tensor.zeros(0, height, width, hidden())
                        : Tensor.concat(0, visible.toArray(Tensor[]::new));
        return new Unrolled(all.reshape(time, batch, height, width, hidden()), state);
    }

    /**
     * The result of unrolling.
     *
     * @param outputs [time, batch, height, width, hidden]
     * @param last the state after the last frame
     */
    record Unrolled(Tensor outputs, CellState last) {}
}
