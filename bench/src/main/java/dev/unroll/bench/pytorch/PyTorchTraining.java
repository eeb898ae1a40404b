package dev.unroll.bench.pytorch;

import dev.unroll.bench.Contestant;
import dev.unroll.bench.UnrollTraining;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's side of a training: zero_grad, forward, backward, clip_grad_norm_, Adam. */
public final class PyTorchTraining implements Contestant {
    private final TensorVector parameters;
    private final Adam optimiser;
    private final Supplier<Tensor> loss;

    public PyTorchTraining(List<Tensor> parameters, Supplier<Tensor> loss) {
        this.parameters = new TensorVector(parameters.toArray(Tensor[]::new));
        this.optimiser = new Adam(this.parameters, new AdamOptions(UnrollTraining.RATE));
        this.loss = loss;
    }

    @Override
    public void threads(int threads) {
        torch.set_num_threads(threads);
    }

    @Override
    public double run() {
        try (PointerScope step = new PointerScope()) {
            optimiser.zero_grad();
            Tensor l = loss.get();
            l.backward();
            torch.clip_grad_norm_(parameters, 1);
            optimiser.step();
            return l.item_float();
        }
    }
}
