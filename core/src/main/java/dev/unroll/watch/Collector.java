package dev.unroll.watch;

import dev.unroll.backend.UnaryFunction;
import dev.unroll.nn.Observer;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.SpectralRadius;
import dev.unroll.tensor.Tensor;
import dev.unroll.watch.Diagnosis.ActivationShares;
import dev.unroll.watch.Diagnosis.HeadFocus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers everything that the layers tell of in one pass. */
final class Collector implements Observer {
    /** Sequences of the batch whose attention is looked at. */
    private static final int ATTENTION_SEQUENCES = 4;

    /** Keys and queries of a map at most. */
    private static final int MAP_SIDE = 128;

    /** Steps from the end that are kept. */
    private static final int STEPS = 100;

    /** A place in a layer, such as one gate or one head. */
    private record Place(String layer, Object part) {}

    private final LayerNames names;
    private final Map<Place, ActivationCounter> activations = new LinkedHashMap<>();
    private final Map<Place, HeadCounter> heads = new LinkedHashMap<>();
    private final Map<Place, AttentionMap> maps = new LinkedHashMap<>();
    private final Map<String, FlowSums> flows = new LinkedHashMap<>();
    private final Map<FlowRecorder, FlowSums> recorders = new LinkedHashMap<>();

    Collector(Map<String, Parameter> parameters) {
        names = new LayerNames(parameters);
    }

    @Override
    public void activation(Object layer, String name, UnaryFunction function, Tensor before) {
        String path = names.of(layer);
        activations
                .computeIfAbsent(
                        new Place(path, name), _ -> new ActivationCounter(path, name, function))
                .add(before);
    }

    @Override
    public void attention(Object layer, int head, @Nullable Tensor scores, Tensor weights) {
        String path = names.of(layer);
        Place place = new Place(path, head);
        heads.computeIfAbsent(place, _ -> new HeadCounter(path, head)).add(scores, weights);
        maps.computeIfAbsent(place, _ -> new AttentionMap(path, head, corner(weights)));
    }

    private static float[][] corner(Tensor weights) {
        float[] all = weights.toArray();
        int keys = weights.dim(1);
        float[][] corner = new float[Math.min(MAP_SIDE, weights.dim(0))][Math.min(MAP_SIDE, keys)];
        for (int q = 0; q < corner.length; q++) {
            System.arraycopy(all, q * keys, corner[q], 0, corner[q].length);
        }
        return corner;
    }

    @Override
    public int attentionSequences() {
        return ATTENTION_SEQUENCES;
    }

    @Override
    public Sequences rows(Object layer, Sequences rows) {
        return rows.with(
                RowRecorder.probe(
                        rows, flows.computeIfAbsent(names.of(layer), _ -> new FlowSums())));
    }

    @Override
    public Steps unrolling(Object cell, Map<String, Tensor> matrices) {
        FlowSums sums = flows.computeIfAbsent(names.of(cell), _ -> withRadii(matrices));
        FlowRecorder recorder = new FlowRecorder();
        recorders.put(recorder, sums);
        return recorder;
    }

    private static FlowSums withRadii(Map<String, Tensor> matrices) {
        FlowSums sums = new FlowSums();
        matrices.forEach((name, matrix) -> sums.radius(name, SpectralRadius.of(matrix)));
        return sums;
    }

    /** What the way back has shown; asked once, when it is over. */
    List<SequenceFlow> sequences() {
        recorders.forEach(FlowRecorder::into);
        recorders.clear();
        List<SequenceFlow> sequences = new ArrayList<>();
        flows.forEach((layer, sums) -> sequences.add(sums.flow(layer, STEPS)));
        return sequences;
    }

    List<ActivationShares> shares() {
        return activations.values().stream().map(ActivationCounter::shares).toList();
    }

    List<HeadFocus> focus() {
        return heads.values().stream().map(HeadCounter::focus).toList();
    }

    List<AttentionMap> maps() {
        return List.copyOf(maps.values());
    }
}
