package dev.unroll.bench.conv;

import dev.unroll.backend.Workspace;
import dev.unroll.bench.Contestant;
import dev.unroll.nn.Convolution;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.List;

/** Our side of one layer. */
final class UnrollLayer implements Contestant {
    private final boolean backwards;
    private final Convolution convolution;
    private final Tensor x;
    private final Tensor slopes;
    private int runs;

    UnrollLayer(Layer layer, boolean backwards) {
        this.backwards = backwards;
        int side = layer.side();
        int group = layer.in() / layer.groups();
        convolution =
                new Convolution(
                        Parameter.of(layer.weights(), side, side, group, layer.out()),
                        Parameter.of(layer.bias(), layer.out()),
                        layer.window(),
                        layer.groups());
        x = Tensor.of(layer.pictures(), layer.batch(), layer.height(), layer.width(), layer.in());
        slopes =
                Tensor.of(
                        layer.slopes(),
                        layer.batch(),
                        layer.window().rows(layer.height()),
                        layer.window().columns(layer.width()),
                        layer.out());
    }

    @Override
    public double run() {
        boolean checked = runs++ < PyTorchLayer.CHECKED;
        return Workspace.run(() -> backwards ? both(checked) : forward(checked), n -> List.of());
    }

    private double forward(boolean checked) {
        Tensor y = convolution.forward(x);
        return checked ? Layer.sum(y.toArray()) : 0;
    }

    private double both(boolean checked) {
        Gradients gradients = Gradients.of(() -> convolution.forward(x).times(slopes).sum(), x);
        if (!checked) {
            return 0;
        }
        return Layer.sum(gradients.of(x).toArray())
                + Layer.sum(gradients.of(convolution.weight()).toArray())
                + gradients.loss();
    }
}
