package dev.unroll.onnx.export;

import dev.unroll.mask.Masks;
import dev.unroll.nn.models.CaptioningModel;
import dev.unroll.nn.models.Encoder;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.RecurrentSequenceDecoder;
import dev.unroll.nn.models.RecurrentSourceEncoder;
import dev.unroll.nn.models.SequenceDecoder;
import dev.unroll.nn.models.TransformerSequenceDecoder;
import dev.unroll.nn.models.TransformerSourceEncoder;
import dev.unroll.onnx.OnnxType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A network that reads something and writes tokens, as three graphs: the whole, which is given all
 * that was written; the reading half; and the writing half behind what was written.
 *
 * @param source adds the reading half
 * @param decoder writes
 * @param padded whether what is read has lengths, as texts have and images have not
 */
record ExportedTranslation(
        Function<GraphBuilder, Source> source, SequenceDecoder decoder, boolean padded) {

    /**
     * What was read.
     *
     * @param rows [batch, from, width]
     * @param last of each layer of a recurrent encoder, [batch, width]; none of others
     * @param padded lengths; null if all are equal
     */
    record Source(String rows, List<String> last, @Nullable Padded padded) {}

    static ExportedTranslation of(EncoderDecoder model) {
        return new ExportedTranslation(
                g -> g.at("encoder", () -> read(g, model.encoder())), model.decoder(), true);
    }

    static ExportedTranslation of(CaptioningModel model) {
        return new ExportedTranslation(
                g ->
                        g.at(
                                "encoder",
                                () -> {
                                    String cells = ExportedImages.encode(g, model.encoder());
                                    String rows = ExportedImages.context(g, model.memory(), cells);
                                    return new Source(rows, List.of(), null);
                                }),
                model.decoder(),
                false);
    }

    private static Source read(GraphBuilder g, Encoder encoder) {
        String ids = g.input("source_ids", OnnxType.INT64, "batch", "source_time");
        String lengths = g.input("source_lengths", OnnxType.INT64, "batch");
        Padded padded = Padded.of(g, ids, lengths);
        return switch (encoder) {
            case TransformerSourceEncoder e -> {
                String x = ExportedLayers.tokens(g, e.embedding(), ids, padded.positions());
                yield new Source(
                        ExportedTransformer.read(g, e.layers(), x, padded, Masks.NONE),
                        List.of(),
                        padded);
            }
            case RecurrentSourceEncoder e -> {
                String x = ExportedLayers.embedding(g, e.embedding(), ids);
                ExportedCells.Read read = ExportedCells.read(g, e.layers(), x, padded, List.of());
                List<String> last = new ArrayList<>();
                for (int l = 0; l < e.layers().layers(); l++) {
                    String h = read.forward().get(l).h();
                    last.add(
                            read.backward().isEmpty()
                                    ? h
                                    : g.concat(1, List.of(h, read.backward().get(l).h())));
                }
                yield new Source(read.rows(), last, padded);
            }
            default -> throw OnnxExportException.unknown("encoder", encoder);
        };
    }

    /** What was read, and target_ids [batch, time]: logits [batch, time, vocabulary]. */
    void whole(GraphBuilder g) {
        Source read = source.apply(g);
        String ids = g.input("target_ids", OnnxType.INT64, "batch", "time");
        switch (decoder) {
            case TransformerSequenceDecoder d -> {
                ExportedDecoder.Across across = ExportedDecoder.across(g, d, read);
                String places = g.range(g.whole(0), g.size(ids, 1));
                ExportedDecoder.step(
                        g,
                        d,
                        ids,
                        new ExportedTransformer.Places(places, places),
                        List.of(),
                        across);
            }
            case RecurrentSequenceDecoder d ->
                    ExportedRecurrentDecoder.step(
                            g, d, ids, ExportedRecurrentDecoder.known(g, d, read));
            default -> throw OnnxExportException.unknown("decoder", decoder);
        }
    }

    /** What was read: all that the writing half needs to know of it. */
    void encoder(GraphBuilder g) {
        Source read = source.apply(g);
        switch (decoder) {
            case TransformerSequenceDecoder d ->
                    ExportedDecoder.output(g, ExportedDecoder.across(g, d, read));
            case RecurrentSequenceDecoder d ->
                    ExportedRecurrentDecoder.output(
                            g, d, ExportedRecurrentDecoder.known(g, d, read));
            default -> throw OnnxExportException.unknown("decoder", decoder);
        }
    }

    /** target_ids [batch, time], what the reading half gave, and the past. */
    void step(GraphBuilder g) {
        String ids = g.input("target_ids", OnnxType.INT64, "batch", "time");
        String lengths = padded ? g.input("source_lengths", OnnxType.INT64, "batch") : null;
        switch (decoder) {
            case TransformerSequenceDecoder d -> {
                ExportedDecoder.Across across = ExportedDecoder.input(g, d, lengths);
                List<ExportedAttention.Memory> past =
                        ExportedWriters.pasts(
                                g,
                                d.layers().layers().stream()
                                        .map(layer -> layer.attention())
                                        .toList());
                var places = ExportedTransformer.Places.behind(g, ids, past.getFirst().keys());
                ExportedWriters.presents(g, ExportedDecoder.step(g, d, ids, places, past, across));
            }
            case RecurrentSequenceDecoder d ->
                    ExportedWriters.statesAfter(
                            g,
                            ExportedRecurrentDecoder.step(
                                    g, d, ids, ExportedRecurrentDecoder.input(g, d, lengths)),
                            "_after_");
            default -> throw OnnxExportException.unknown("decoder", decoder);
        }
    }
}
