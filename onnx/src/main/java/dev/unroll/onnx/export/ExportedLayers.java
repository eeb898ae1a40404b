package dev.unroll.onnx.export;

import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.LayerNorm;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.LowRankAdapter;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Output;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.layers.RmsNorm;
import dev.unroll.nn.layers.TokenEmbedding;
import dev.unroll.onnx.OnnxType;
import dev.unroll.pretrained.network.HalvedSinusoids;
import dev.unroll.pretrained.network.NormedPositions;
import dev.unroll.pretrained.network.OffsetPositions;
import java.util.Arrays;
import java.util.List;

/** Layers that treat each row by itself, as operations of ONNX. */
final class ExportedLayers {
    private ExportedLayers() {}

    /** x·W + b, and what an adapter adds. */
    static String linear(GraphBuilder g, Linear layer, String x) {
        String y = g.binary("MatMul", x, g.parameter(layer.weight()));
        if (layer.bias() != null) {
            y = g.binary("Add", y, g.parameter(layer.bias()));
        }
        LowRankAdapter adapter = layer.adapter();
        if (adapter == null) {
            return y;
        }
        String down = g.binary("MatMul", x, g.parameter(adapter.down()));
        String up = g.binary("MatMul", down, g.parameter(adapter.up()));
        return g.binary("Add", y, g.binary("Mul", up, g.scalar(adapter.scale())));
    }

    /** Rows of a table: ids [..] give [.., width]. */
    static String embedding(GraphBuilder g, Embedding layer, String ids) {
        return g.binary("Gather", g.parameter(layer.weight()), ids);
    }

    /** h·Wᵀ + b. */
    static String logits(GraphBuilder g, Output layer, String h) {
        String w = g.transpose(g.parameter(layer.weight()), 1, 0);
        return g.binary("Add", g.binary("MatMul", h, w), g.parameter(layer.bias()));
    }

    static String norm(GraphBuilder g, Norm norm, String x) {
        return switch (norm) {
            case LayerNorm layer ->
                    g.add(
                            "LayerNormalization",
                            List.of(x, g.parameter(layer.weight()), g.parameter(layer.bias())),
                            GraphBuilder.Attribute.of("axis", -1),
                            GraphBuilder.Attribute.of("epsilon", layer.epsilon()));
            case RmsNorm layer -> {
                String square =
                        g.add(
                                "ReduceMean",
                                List.of(g.binary("Mul", x, x)),
                                GraphBuilder.Attribute.ofAll("axes", -1),
                                GraphBuilder.Attribute.of("keepdims", 1));
                String root = g.unary("Sqrt", g.binary("Add", square, g.scalar(layer.epsilon())));
                yield g.binary("Mul", g.binary("Div", x, root), g.parameter(layer.weight()));
            }
            default -> throw OnnxExportException.unknown("norm", norm);
        };
    }

    static String feedForward(GraphBuilder g, FeedForward layer, String x) {
        return switch (layer) {
            case FeedForward.Plain plain -> {
                String z = g.at("in", () -> linear(g, plain.in(), x));
                String bent =
                        switch (plain.kind().name()) {
                            case "RELU" -> g.unary("Relu", z);
                            case "GELU" -> gelu(g, z);
                            case "GELU_TANH" -> geluTanh(g, z);
                            case "SILU" -> silu(g, z);
                            default -> throw OnnxExportException.unknown("function", plain.kind());
                        };
                yield g.at("out", () -> linear(g, plain.out(), bent));
            }
            case FeedForward.Gated gated -> {
                String z = g.at("gate", () -> linear(g, gated.gate(), x));
                String in = g.at("in", () -> linear(g, gated.in(), x));
                String bent = g.binary("Mul", silu(g, z), in);
                yield g.at("out", () -> linear(g, gated.out(), bent));
            }
            default -> throw OnnxExportException.unknown("feed-forward part", layer);
        };
    }

    /** ½x(1 + erf(x/√2)). */
    private static String gelu(GraphBuilder g, String x) {
        String erf = g.unary("Erf", g.binary("Mul", x, g.scalar(Math.sqrt(0.5))));
        String half = g.binary("Mul", x, g.scalar(0.5));
        return g.binary("Mul", half, g.binary("Add", erf, g.scalar(1)));
    }

    /** ½x(1 + tanh(√(2/π)(x + 0.044715x³))). */
    private static String geluTanh(GraphBuilder g, String x) {
        String cube = g.binary("Mul", g.binary("Mul", x, x), x);
        String inside = g.binary("Add", x, g.binary("Mul", cube, g.scalar(0.044715)));
        String tanh = g.unary("Tanh", g.binary("Mul", inside, g.scalar(Math.sqrt(2 / Math.PI))));
        String half = g.binary("Mul", x, g.scalar(0.5));
        return g.binary("Mul", half, g.binary("Add", tanh, g.scalar(1)));
    }

    /** x·σ(x). */
    static String silu(GraphBuilder g, String x) {
        return g.binary("Mul", x, g.unary("Sigmoid", x));
    }

    /** Embedded tokens with what positions add: ids [batch, time] give [batch, time, width]. */
    static String tokens(GraphBuilder g, TokenEmbedding layer, String ids, String positions) {
        String rows = embedding(g, layer.embedding(), ids);
        String x = layer.scale() == 1 ? rows : g.binary("Mul", rows, g.scalar(layer.scale()));
        return placed(g, layer.positions(), x, positions);
    }

    /** Adds an encoding of positions [time] to x [batch, time, width]. */
    static String placed(GraphBuilder g, Positions kind, String x, String positions) {
        return switch (kind) {
            case Positions.NoPositions _, Positions.RotaryPositions _ -> x;
            case Positions.Learned learned ->
                    g.binary(
                            "Add", x, g.binary("Gather", g.parameter(learned.weight()), positions));
            case Positions.Sinusoidal sines -> g.binary("Add", x, sinusoids(g, sines, positions));
            case HalvedSinusoids halves -> {
                int half = halves.width() / 2;
                double[] frequencies = new double[half];
                Arrays.setAll(frequencies, i -> Math.pow(10_000, -(double) i / half));
                String[] waves = waves(g, positions, frequencies);
                yield g.binary("Add", x, g.concat(1, List.of(waves[0], waves[1])));
            }
            case OffsetPositions later -> {
                String rows = g.binary("Add", positions, g.whole(later.first()));
                yield g.binary("Add", x, g.binary("Gather", g.parameter(later.weight()), rows));
            }
            case NormedPositions normed ->
                    norm(g, normed.norm(), placed(g, normed.positions(), x, positions));
            default -> throw OnnxExportException.unknown("encoding of positions", kind);
        };
    }

    /** [time, width] */
    private static String sinusoids(GraphBuilder g, Positions.Sinusoidal kind, String positions) {
        int half = kind.width() / 2;
        double last = kind.interleaved() ? half : Math.max(1, half - 1);
        double[] frequencies = new double[half];
        for (int i = 0; i < half; i++) {
            frequencies[i] = Math.pow(10_000, -i / last);
        }
        String[] waves = waves(g, g.binary("Add", positions, g.whole(kind.first())), frequencies);
        if (!kind.interleaved()) {
            return g.concat(1, List.of(waves[0], waves[1]));
        }
        String pairs = g.concat(2, List.of(g.unsqueeze(waves[0], 2), g.unsqueeze(waves[1], 2)));
        return g.reshape(pairs, 0, kind.width());
    }

    /**
     * Sines and cosines of positions [time] times frequencies, each [time, frequencies]. The angles
     * are large, so they are computed in 64 bits; ONNX Runtime has no such cosine.
     */
    static String[] waves(GraphBuilder g, String positions, double... frequencies) {
        String at = g.unsqueeze(g.cast(positions, OnnxType.DOUBLE), 1);
        String angles = g.binary("Mul", at, g.doubles(frequencies));
        String later = g.binary("Add", angles, g.doubles(Math.PI / 2));
        return new String[] {
            g.cast(g.unary("Sin", angles), OnnxType.FLOAT),
            g.cast(g.unary("Sin", later), OnnxType.FLOAT)
        };
    }
}
