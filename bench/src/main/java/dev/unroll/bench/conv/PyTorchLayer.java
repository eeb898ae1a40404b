package dev.unroll.bench.conv;

import static org.bytedeco.pytorch.global.torch.MemoryFormat.Contiguous;

import dev.unroll.bench.Contestant;
import dev.unroll.bench.pytorch.PyTorch;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** PyTorch's side of one layer, in whichever of its two memory formats is faster. */
final class PyTorchLayer implements Contestant {
    private final Layer layer;
    private final boolean backwards;
    private Tensor x;
    private Tensor w;
    private Tensor bias;
    private Tensor slopes;
    private int runs;

    PyTorchLayer(Layer layer, boolean backwards) {
        this.layer = layer;
        this.backwards = backwards;
        x = images(layer.images(), layer.height(), layer.width(), layer.in());
        int side = layer.side();
        int group = layer.in() / layer.groups();
        w = PyTorch.tensor(layer.weights(), side, side, group, layer.out()).permute(3, 2, 0, 1);
        bias = PyTorch.tensor(layer.bias(), layer.out()).set_requires_grad(backwards);
        slopes =
                images(
                        layer.slopes(),
                        layer.window().rows(layer.height()),
                        layer.window().columns(layer.width()),
                        layer.out());
        use(Contiguous);
    }

    private Tensor images(float[] values, int height, int width, int channels) {
        return PyTorch.tensor(values, layer.batch(), height, width, channels).permute(0, 3, 1, 2);
    }

    private void use(MemoryFormat format) {
        x = x.detach().contiguous(format).set_requires_grad(backwards);
        w = w.detach().contiguous(format).set_requires_grad(backwards);
        slopes = slopes.contiguous(format);
    }

    @Override
    public void threads(int threads) {
        torch.set_num_threads(threads);
        Formats.useFaster(this::use, this::run);
    }

    @Override
    public double run() {
        boolean checked = runs++ < Layer.CHECKED;
        try (PointerScope scope = new PointerScope()) {
            long[] strides = {layer.stride(), layer.stride()};
            long[] pads = {layer.side() / 2, layer.side() / 2};
            Tensor y =
                    torch.conv2d(
                            x,
                            w,
                            new TensorOptional(bias),
                            strides,
                            pads,
                            new long[] {1, 1},
                            layer.groups());
            if (!backwards) {
                return checked ? Layer.sum(Formats.numbers(y.permute(0, 2, 3, 1))) : 0;
            }
            y.backward(slopes, new BoolOptional(), false, new TensorArrayRefOptional());
            double number = 0;
            if (checked) {
                number =
                        Layer.sum(Formats.numbers(x.grad().permute(0, 2, 3, 1)))
                                + Layer.sum(Formats.numbers(w.grad().permute(2, 3, 1, 0)))
                                + Layer.sum(Formats.numbers(bias.grad()));
            }
            for (Tensor learnt : new Tensor[] {x, w, bias}) {
                learnt.mutable_grad().reset();
            }
            return number;
        }
    }
}
