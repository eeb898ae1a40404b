package dev.unroll.onnx.export;

import dev.unroll.mask.Masks;
import dev.unroll.nn.attention.SelfAttention;
import dev.unroll.nn.layers.Output;
import dev.unroll.nn.models.RecurrentLanguageModel;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.nn.recurrent.Cell;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.EncoderLayer;
import dev.unroll.onnx.OnnxType;
import java.util.ArrayList;
import java.util.List;

/** Language models: whole texts, and step by step behind what was written. */
final class ExportedWriters {
    private ExportedWriters() {}

    /** input_ids, lengths: logits [batch, time, vocabulary]. */
    static void whole(GraphBuilder g, TransformerLanguageModel model) {
        String ids = g.input("input_ids", OnnxType.INT64, "batch", "time");
        String lengths = g.input("lengths", OnnxType.INT64, "batch");
        Padded padded = Padded.of(g, ids, lengths);
        String x = ExportedLayers.tokens(g, model.embedding(), ids, padded.positions());
        String rows = ExportedTransformer.read(g, model.layers(), x, padded, Masks.CAUSAL);
        logits(g, model.output(), rows);
    }

    /** input_ids, lengths: logits [batch, time, vocabulary]. */
    static void whole(GraphBuilder g, RecurrentLanguageModel model) {
        String ids = g.input("input_ids", OnnxType.INT64, "batch", "time");
        String lengths = g.input("lengths", OnnxType.INT64, "batch");
        Padded padded = Padded.of(g, ids, lengths);
        String x = ExportedLayers.embedding(g, model.embedding(), ids);
        logits(
                g,
                model.output(),
                ExportedCells.read(g, model.layers(), x, padded, List.of()).rows());
    }

    static void logits(GraphBuilder g, Output output, String rows) {
        g.output(
                g.at("output", () -> ExportedLayers.logits(g, output, rows)),
                "logits",
                OnnxType.FLOAT,
                "batch",
                "time",
                output.weight().shape().dim(0));
    }

    /** input_ids, past_key_i, past_value_i: logits, present_key_i, present_value_i. */
    static void step(GraphBuilder g, TransformerLanguageModel model) {
        String ids = g.input("input_ids", OnnxType.INT64, "batch", "time");
        List<ExportedAttention.Memory> past =
                pasts(g, model.layers().layers().stream().map(EncoderLayer::attention).toList());
        var places = ExportedTransformer.Places.behind(g, ids, past.getFirst().keys());
        String x = ExportedLayers.tokens(g, model.embedding(), ids, places.queries());
        ExportedTransformer.Step step =
                ExportedTransformer.step(g, model.layers(), x, places, past);
        logits(g, model.output(), step.rows());
        presents(g, step.own());
    }

    /** Inputs of the keys and values so far, of each layer. */
    static List<ExportedAttention.Memory> pasts(GraphBuilder g, List<SelfAttention> layers) {
        List<ExportedAttention.Memory> past = new ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            ExportedAttention attention = ExportedAttention.of(g, layers.get(l));
            past.add(
                    new ExportedAttention.Memory(
                            g.input(
                                    "past_key_" + l,
                                    OnnxType.FLOAT,
                                    "batch",
                                    attention.keyHeads(),
                                    "past",
                                    attention.keyWidth()),
                            g.input(
                                    "past_value_" + l,
                                    OnnxType.FLOAT,
                                    "batch",
                                    attention.keyHeads(),
                                    "past",
                                    attention.valueWidth())));
        }
        return past;
    }

    static void presents(GraphBuilder g, List<ExportedAttention.Memory> own) {
        for (int l = 0; l < own.size(); l++) {
            g.output(
                    own.get(l).keys(),
                    "present_key_" + l,
                    OnnxType.FLOAT,
                    "batch",
                    "heads",
                    "past_and_time",
                    "d");
            g.output(
                    own.get(l).values(),
                    "present_value_" + l,
                    OnnxType.FLOAT,
                    "batch",
                    "heads",
                    "past_and_time",
                    "d");
        }
    }

    /** input_ids, state_i, memory_i: logits, state_after_i, memory_after_i. */
    static void step(GraphBuilder g, RecurrentLanguageModel model) {
        String ids = g.input("input_ids", OnnxType.INT64, "batch", "time");
        List<ExportedCells.State> before = states(g, model.layers());
        String x = ExportedLayers.embedding(g, model.embedding(), ids);
        ExportedCells.Read read = ExportedCells.read(g, model.layers(), x, null, before);
        logits(g, model.output(), read.rows());
        statesAfter(g, read.forward(), "_after_");
    }

    /** Inputs of the states of each layer. */
    static List<ExportedCells.State> states(GraphBuilder g, Recurrent layers) {
        List<ExportedCells.State> states = new ArrayList<>();
        for (int l = 0; l < layers.layers(); l++) {
            Cell cell = layers.forward().get(l);
            String h = g.input("state_" + l, OnnxType.FLOAT, "batch", cell.hidden());
            String c =
                    cell.memory() == 0
                            ? null
                            : g.input("memory_" + l, OnnxType.FLOAT, "batch", cell.memory());
            states.add(new ExportedCells.State(h, c));
        }
        return states;
    }

    /** Outputs of the states of each layer. */
    static void statesAfter(GraphBuilder g, List<ExportedCells.State> states, String between) {
        for (int l = 0; l < states.size(); l++) {
            g.output(states.get(l).h(), "state" + between + l, OnnxType.FLOAT, "batch", "hidden");
            String c = states.get(l).c();
            if (c != null) {
                g.output(c, "memory" + between + l, OnnxType.FLOAT, "batch", "hidden");
            }
        }
    }
}
