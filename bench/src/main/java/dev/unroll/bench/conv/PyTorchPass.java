package dev.unroll.bench.conv;

import static org.bytedeco.pytorch.global.torch.MemoryFormat.Contiguous;

import dev.unroll.bench.Contestant;
import dev.unroll.bench.pytorch.PyTorch;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** PyTorch's side of a {@link Pass}, in whichever of its two memory formats is faster. */
final class PyTorchPass implements Contestant {
    private final Pass pass;
    private final Tensor gain;
    private final Tensor bias;
    private Tensor x;
    private Tensor slopes;
    private int runs;

    PyTorchPass(Pass pass) {
        this.pass = pass;
        boolean learns = pass.backwards() && pass.operation().scales();
        gain = PyTorch.tensor(pass.gain(), pass.channels()).set_requires_grad(learns);
        bias = PyTorch.tensor(pass.bias(), pass.channels()).set_requires_grad(learns);
        x = images(pass.images(), pass.height(), pass.width());
        Tensor y = pass.operation().pytorch(x, gain, bias);
        slopes = images(pass.slopes((int) y.numel()), (int) y.size(2), (int) y.size(3));
        use(Contiguous);
    }

    private Tensor images(float[] values, int height, int width) {
        return PyTorch.tensor(values, pass.batch(), height, width, pass.channels())
                .permute(0, 3, 1, 2);
    }

    private void use(MemoryFormat format) {
        x = x.detach().contiguous(format).set_requires_grad(pass.backwards());
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
            Tensor y = pass.operation().pytorch(x, gain, bias);
            if (!pass.backwards()) {
                return checked ? Layer.sum(Formats.numbers(y.permute(0, 2, 3, 1))) : 0;
            }
            y.mul(slopes).sum().backward();
            double number = 0;
            if (checked) {
                number = Layer.sum(Formats.numbers(x.grad().permute(0, 2, 3, 1)));
                if (pass.operation().scales()) {
                    number += Layer.sum(Formats.numbers(gain.grad()));
                    number += Layer.sum(Formats.numbers(bias.grad()));
                }
            }
            x.mutable_grad().reset();
            if (pass.operation().scales()) {
                gain.mutable_grad().reset();
                bias.mutable_grad().reset();
            }
            return number;
        }
    }
}
