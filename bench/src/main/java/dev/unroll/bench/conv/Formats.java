package dev.unroll.bench.conv;

import static org.bytedeco.pytorch.global.torch.MemoryFormat.ChannelsLast;
import static org.bytedeco.pytorch.global.torch.MemoryFormat.Contiguous;

import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** PyTorch's two ways to lay out images. */
final class Formats {
    private Formats() {}

    /** Tries both and goes on with the faster. */
    static void useFaster(Consumer<MemoryFormat> use, Runnable run) {
        use.accept(Contiguous);
        double plain = seconds(run);
        use.accept(ChannelsLast);
        if (seconds(run) > plain) {
            use.accept(Contiguous);
        }
    }

    private static double seconds(Runnable run) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            run.run();
            least = Math.min(least, (System.nanoTime() - start) * 1e-9);
        }
        return least;
    }

    /** The numbers in the order of the tensor's dimensions. */
    static float[] numbers(Tensor tensor) {
        Tensor together = tensor.contiguous();
        float[] values = new float[(int) together.numel()];
        together.data_ptr_float().get(values);
        return values;
    }
}
