package dev.unroll.onnx.export;

import dev.unroll.nn.models.CharacterAwareEmbedding;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.models.SequenceLabeller;
import dev.unroll.nn.models.SequencePooling;
import dev.unroll.nn.models.SequenceTagger;
import dev.unroll.onnx.OnnxType;
import dev.unroll.pretrained.network.BertRows;
import java.util.List;

/** Networks that read a sequence and give one answer, or one for each place. */
final class ExportedReaders {
    private ExportedReaders() {}

    /**
     * Encoded sequences.
     *
     * @param rows [batch, time, width]
     * @param last [batch, width]
     */
    record States(String rows, String last) {}

    /**
     * input_ids, lengths and, for pretrained encoders that tell the two texts of a pair apart,
     * token_type_ids: logits and probabilities, [batch, classes].
     */
    static void classifier(GraphBuilder g, SequenceClassifier model) {
        String ids = g.input("input_ids", OnnxType.INT64, "batch", "time");
        String lengths = g.input("lengths", OnnxType.INT64, "batch");
        Padded padded = Padded.of(g, ids, lengths);
        String x = g.at("embedding", () -> ExportedLayers.embedding(g, model.embedding(), ids));
        States states = encode(g, model.encoder(), x, padded);
        String pooled = g.at("pooling", () -> pool(g, model.pooling(), states, padded));
        String logits = g.at("head", () -> ExportedLayers.linear(g, model.head(), pooled));
        int classes = model.head().out();
        g.output(logits, "logits", OnnxType.FLOAT, "batch", classes);
        if (classes > 1) {
            g.output(g.softmax(logits, -1), "probabilities", OnnxType.FLOAT, "batch", classes);
        }
    }

    /** rows, lengths: logits and probabilities, [batch, time, classes]. */
    static void labeller(GraphBuilder g, SequenceLabeller model, int width) {
        String rows = g.input("rows", OnnxType.FLOAT, "batch", "time", width);
        String lengths = g.input("lengths", OnnxType.INT64, "batch");
        label(g, model, rows, Padded.of(g, rows, lengths));
    }

    private static void label(GraphBuilder g, SequenceLabeller model, String rows, Padded padded) {
        States states = encode(g, model.encoder(), rows, padded);
        String logits = g.at("head", () -> ExportedLayers.linear(g, model.head(), states.rows));
        int classes = model.head().out();
        g.output(logits, "logits", OnnxType.FLOAT, "batch", "time", classes);
        g.output(g.softmax(logits, -1), "probabilities", OnnxType.FLOAT, "batch", "time", classes);
    }

    /** word_ids, lengths, spellings, spelling_lengths, spelt: as a labeller. */
    static void tagger(GraphBuilder g, SequenceTagger model) {
        String words = g.input("word_ids", OnnxType.INT64, "batch", "time");
        String lengths = g.input("lengths", OnnxType.INT64, "batch");
        String spellings = g.input("spellings", OnnxType.INT64, "distinct_words", "characters");
        String sizes = g.input("spelling_lengths", OnnxType.INT64, "distinct_words");
        String spelt = g.input("spelt", OnnxType.INT64, "batch", "time");
        CharacterAwareEmbedding reader = model.reader();
        String read =
                g.at(
                        "spelling",
                        () -> {
                            Padded letters = Padded.of(g, spellings, sizes);
                            String x = ExportedLayers.embedding(g, reader.characters(), spellings);
                            States states = encode(g, reader.spelling(), x, letters);
                            String rows = pool(g, reader.pooling(), states, letters);
                            return g.binary("Gather", rows, spelt); // [batch, time, width]
                        });
        String whole = g.at("words", () -> ExportedLayers.embedding(g, reader.words(), words));
        label(g, model.labeller(), g.concat(2, List.of(whole, read)), Padded.of(g, words, lengths));
    }

    private static States encode(GraphBuilder g, SequenceEncoder encoder, String x, Padded padded) {
        return g.at(
                "encoder",
                () ->
                        switch (encoder) {
                            case SequenceEncoder.Recurrence recurrence -> {
                                ExportedCells.Read read =
                                        ExportedCells.read(
                                                g, recurrence.layers(), x, padded, List.of());
                                String last = read.forward().getLast().h();
                                yield new States(
                                        read.rows(),
                                        read.backward().isEmpty()
                                                ? last
                                                : g.concat(
                                                        1,
                                                        List.of(
                                                                last,
                                                                read.backward().getLast().h())));
                            }
                            case SequenceEncoder.SelfAttention attention -> {
                                String in = ExportedLayers.linear(g, attention.input(), x);
                                String placed =
                                        ExportedLayers.placed(
                                                g, attention.positions(), in, padded.positions());
                                String rows =
                                        ExportedTransformer.read(
                                                g,
                                                attention.layers(),
                                                placed,
                                                padded,
                                                attention.mask());
                                yield new States(rows, padded.last(g, rows));
                            }
                            case SequenceEncoder.Mlp mlp -> {
                                String inside =
                                        g.unary("Relu", ExportedLayers.linear(g, mlp.first(), x));
                                String rows =
                                        g.unary(
                                                "Relu",
                                                ExportedLayers.linear(g, mlp.second(), inside));
                                yield new States(rows, padded.last(g, rows));
                            }
                            case BertRows pretrained -> {
                                String types = ExportedEncoders.typeIds(g, pretrained);
                                String rows =
                                        ExportedEncoders.rows(g, pretrained, x, types, padded);
                                yield new States(rows, padded.last(g, rows));
                            }
                            default -> throw OnnxExportException.unknown("encoder", encoder);
                        });
    }

    static String pool(GraphBuilder g, SequencePooling pooling, States states, Padded padded) {
        return switch (pooling) {
            case SequencePooling.Last _ -> states.last;
            case SequencePooling.First _ ->
                    g.add(
                            "Gather",
                            List.of(states.rows, g.whole(0)),
                            GraphBuilder.Attribute.of("axis", 1));
            case SequencePooling.Mean _ -> padded.mean(g, states.rows);
            case SequencePooling.Attention attention -> {
                String u =
                        g.unary("Tanh", ExportedLayers.linear(g, attention.hidden(), states.rows));
                String scores = g.binary("MatMul", u, g.parameter(attention.query()));
                String inside = g.unsqueeze(padded.inside(), 2);
                String hidden = g.add("Where", List.of(inside, scores, g.scalar(-1e9)));
                yield g.sum(g.binary("Mul", states.rows, g.softmax(hidden, 1)), 1);
            }
            default -> throw OnnxExportException.unknown("pooling", pooling);
        };
    }
}
