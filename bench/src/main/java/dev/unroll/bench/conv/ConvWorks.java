package dev.unroll.bench.conv;

import dev.unroll.bench.Pace;
import dev.unroll.bench.Work;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Layers of the sizes of small image encoders and of videos at 213x120. */
public final class ConvWorks {
    private ConvWorks() {}

    private static final Pace LAYER = new Pace(0.05, 1.5);

    private static final List<Layer> LAYERS =
            List.of(
                    new Layer(16, 64, 64, 3, 32, 3, 1, 1),
                    new Layer(16, 32, 32, 32, 64, 3, 1, 1),
                    new Layer(16, 32, 32, 64, 64, 3, 2, 1),
                    new Layer(16, 16, 16, 128, 128, 3, 1, 1),
                    new Layer(16, 32, 32, 64, 64, 1, 1, 1),
                    new Layer(16, 32, 32, 64, 64, 3, 1, 64),
                    new Layer(4, 120, 213, 3, 16, 3, 1, 1),
                    new Layer(4, 120, 213, 16, 32, 3, 1, 1),
                    new Layer(4, 120, 213, 16, 32, 3, 2, 1),
                    new Layer(4, 120, 213, 16, 1, 3, 1, 1),
                    new Layer(4, 30, 54, 64, 256, 3, 1, 1));

    private static final List<Pass> PASSES =
            Arrays.stream(Operation.values())
                    .flatMap(
                            operation ->
                                    Stream.of(false, true)
                                            .map(back -> new Pass(operation, 16, 32, 32, 64, back)))
                    .toList();

    private static final List<Clips> CLIPS =
            List.of(new Clips(4, 2, 120, 213, 32), new Clips(8, 4, 32, 32, 64));

    /** All of them: forwards, and forwards and backwards. */
    public static List<Work> all() {
        List<Work> works = new ArrayList<>();
        for (Layer layer : LAYERS) {
            works.add(work("conv-" + layer, layer, false));
            works.add(work("conv-train-" + layer, layer, true));
        }
        for (Pass pass : PASSES) {
            works.add(
                    new Work(
                            "conv-" + pass,
                            "pytorch",
                            "Mnumbers/s",
                            1e-6 * pass.images().length,
                            pass::unroll,
                            () -> new PyTorchPass(pass),
                            List.of(1, 2),
                            1e-4,
                            LAYER));
        }
        for (Clips clips : CLIPS) {
            for (boolean channelsLast : new boolean[] {false, true}) {
                String name = "conv-clips-train-" + clips;
                works.add(
                        Work.pytorch(
                                channelsLast ? name + "-channels-last" : name,
                                "frames/s",
                                clips.time() * clips.batch(),
                                clips::unroll,
                                () -> PyTorchClips.start(clips, channelsLast)));
            }
        }
        return works;
    }

    private static Work work(String name, Layer layer, boolean backwards) {
        return new Work(
                name,
                "pytorch",
                "GFLOP/s",
                layer.giga() * (backwards ? 3 : 1),
                () -> new UnrollLayer(layer, backwards),
                () -> new PyTorchLayer(layer, backwards),
                List.of(1, 2),
                1e-4,
                LAYER);
    }
}
