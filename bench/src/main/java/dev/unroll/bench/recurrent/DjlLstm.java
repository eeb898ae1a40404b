package dev.unroll.bench.recurrent;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import dev.unroll.bench.Contestant;
import dev.unroll.bench.Remote;
import dev.unroll.bench.UnrollTraining;
import dev.unroll.nn.models.RecurrentLanguageModel;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.tensor.Parameter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The LSTM language model in DJL, on its libtorch. It runs in a process of its own, because two
 * libtorches cannot share one.
 */
final class DjlLstm implements Contestant {
    private final Size size;
    private final NDManager manager = NDManager.newBaseManager();
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();
    private final NDArray before;
    private final NDArray after;
    private final SoftmaxCrossEntropyLoss loss = new SoftmaxCrossEntropyLoss();
    private final Adam adam =
            Adam.builder()
                    .optLearningRateTracker(Tracker.fixed((float) UnrollTraining.RATE))
                    .optEpsilon(1e-8f)
                    .build();

    private DjlLstm(Size size) {
        this.size = size;
        RecurrentLanguageModel model = Kind.LSTM.model(size);
        Lstm lstm = (Lstm) model.layers().forward().getFirst();
        learn("embedding", array(model.embedding().weight()));
        learn("wx", array(lstm.wx()).transpose());
        learn("wh", array(lstm.wh()).transpose());
        learn("bx", array(lstm.b()));
        learn("bh", manager.zeros(new Shape(4L * size.hidden())));
        learn("weight", array(model.output().weight()));
        learn("bias", array(model.output().bias()));
        before =
                manager.create(
                        LanguageModelTraining.tokens(size, 1),
                        new Shape(size.batch(), size.time()));
        after = manager.create(LanguageModelTraining.tokens(size, 2), new Shape(size.tokens(), 1));
    }

    /** Starts the process. */
    static Contestant start(Size size) {
        return new Remote(
                List.of("-XX:+UseSerialGC", "-Xmx1g", "-Dai.djl.pytorch.graph_optimizer=false"),
                DjlLstm.class,
                Integer.toString(size.batch()),
                Integer.toString(size.time()),
                Integer.toString(size.hidden()),
                Integer.toString(size.vocabulary()));
    }

    /** The other process. */
    public static void main(String[] args) throws IOException {
        Size size =
                new Size(
                        Integer.parseInt(args[0]),
                        Integer.parseInt(args[1]),
                        Integer.parseInt(args[2]),
                        Integer.parseInt(args[3]));
        Remote.serve(new DjlLstm(size));
    }

    private NDArray array(Parameter parameter) {
        return manager.create(
                parameter.value().toArray(), new Shape(longs(parameter.shape().dims())));
    }

    private static long[] longs(int[] dims) {
        long[] longs = new long[dims.length];
        for (int i = 0; i < dims.length; i++) {
            longs[i] = dims[i];
        }
        return longs;
    }

    private void learn(String name, NDArray values) {
        NDArray own = values.duplicate();
        own.setRequiresGradient(true);
        parameters.put(name, own);
    }

    private NDArray of(String name) {
        NDArray parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return parameter;
    }

    @Override
    public void threads(int threads) {
        JniUtils.setNumThreads(threads);
    }

    @Override
    public double run() {
        try (NDManager step = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            before.attach(step);
            after.attach(step);
            parameters.values().forEach(p -> p.attach(step));
            NDArray x =
                    before.getNDArrayInternal()
                            .embedding(before, of("embedding"), SparseFormat.DENSE)
                            .singletonOrThrow();
            NDArray zeros = step.zeros(new Shape(1, size.batch(), size.hidden()));
            NDArray h =
                    x.getNDArrayInternal()
                            .lstm(
                                    x,
                                    new NDList(zeros, zeros),
                                    new NDList(of("wx"), of("wh"), of("bx"), of("bh")),
                                    true,
                                    1,
                                    0,
                                    true,
                                    false,
                                    true)
                            .get(0);
            NDArray logits =
                    Linear.linear(h.reshape(-1, size.hidden()), of("weight"), of("bias"))
                            .singletonOrThrow();
            NDArray mean = loss.evaluate(new NDList(after), new NDList(logits));
            collector.backward(mean);
            clip();
            parameters.forEach((name, p) -> adam.update(name, p, p.getGradient()));
            collector.zeroGradients();
            double number = mean.getFloat();
            before.attach(manager);
            after.attach(manager);
            parameters.values().forEach(p -> p.attach(manager));
            return number;
        }
    }

    /** To norm 1, all gradients together. */
    private void clip() {
        double squares = 0;
        for (NDArray parameter : parameters.values()) {
            try (NDArray gradient = parameter.getGradient();
                    NDArray norm = gradient.norm()) {
                double value = norm.getFloat();
                squares += value * value;
            }
        }
        double norm = Math.sqrt(squares);
        if (norm > 1) {
            for (NDArray parameter : parameters.values()) {
                try (NDArray gradient = parameter.getGradient()) {
                    gradient.muli(1 / norm);
                }
            }
        }
    }
}
