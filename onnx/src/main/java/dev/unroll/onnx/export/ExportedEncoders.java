package dev.unroll.onnx.export;

import dev.unroll.mask.Masks;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.onnx.OnnxType;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.pretrained.network.BertRows;
import dev.unroll.pretrained.network.PieceTagger;
import dev.unroll.pretrained.network.SentenceEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encoders of the shape of BERT, and what gives vectors of texts or tags of words with them. */
final class ExportedEncoders {
    /** Shorter vectors are divided by this, and not by their length, which may be 0. */
    private static final double SMALLEST = 1e-12;

    private ExportedEncoders() {}

    /** input_ids, lengths and, where the two of a pair differ, token_type_ids. */
    private record Texts(String ids, Padded padded, @Nullable String types) {
        static Texts of(GraphBuilder g, BertRows encoder) {
            String ids = g.input("input_ids", OnnxType.INT64, "batch", "time");
            String lengths = g.input("lengths", OnnxType.INT64, "batch");
            return new Texts(ids, Padded.of(g, ids, lengths), typeIds(g, encoder));
        }
    }

    /** token_type_ids, [batch, time], if the encoder tells the two texts of a pair apart. */
    static @Nullable String typeIds(GraphBuilder g, BertRows encoder) {
        Embedding types = encoder.types();
        return types != null && types.vocabulary() > 1
                ? g.input("token_type_ids", OnnxType.INT64, "batch", "time")
                : null;
    }

    /**
     * The rows of tokens.
     *
     * @param words rows of the words, [batch, time, width]
     * @param types which of two texts a token is of, [batch, time]; null if all are of the first
     * @return [batch, time, width]
     */
    static String rows(
            GraphBuilder g, BertRows encoder, String words, @Nullable String types, Padded padded) {
        String x = ExportedLayers.placed(g, encoder.positions(), words, padded.positions());
        Embedding rows = encoder.types();
        if (rows != null) {
            String which = types == null ? g.whole(0) : types;
            x = g.binary("Add", x, ExportedLayers.embedding(g, rows, which));
        }
        String normed = ExportedLayers.norm(g, encoder.norm(), x);
        String in =
                encoder.projection() == null
                        ? normed
                        : ExportedLayers.linear(g, encoder.projection(), normed);
        return ExportedTransformer.read(g, encoder.layers(), in, padded, Masks.NONE);
    }

    private static String rows(GraphBuilder g, BertEncoder encoder, Texts texts) {
        String words = ExportedLayers.embedding(g, encoder.words(), texts.ids);
        return g.at("encoder", () -> rows(g, encoder.rows(), words, texts.types, texts.padded));
    }

    /** input_ids, lengths, token_type_ids: last_hidden_state, [batch, time, width]. */
    static void encoder(GraphBuilder g, BertEncoder model) {
        String rows = rows(g, model, Texts.of(g, model.rows()));
        g.output(rows, "last_hidden_state", OnnxType.FLOAT, "batch", "time", model.width());
    }

    /** The same, and sentence_embedding, [batch, width]. */
    static void sentences(GraphBuilder g, SentenceEncoder model) {
        Texts texts = Texts.of(g, model.encoder().rows());
        String rows = rows(g, model.encoder(), texts);
        int width = model.encoder().width();
        g.output(rows, "last_hidden_state", OnnxType.FLOAT, "batch", "time", width);
        ExportedReaders.States states =
                new ExportedReaders.States(rows, texts.padded.last(g, rows));
        String vector = ExportedReaders.pool(g, model.pooling(), states, texts.padded);
        g.output(
                model.normalized() ? unit(g, vector) : vector,
                "sentence_embedding",
                OnnxType.FLOAT,
                "batch",
                width);
    }

    /** Vectors divided by their lengths, [batch, width]. */
    private static String unit(GraphBuilder g, String vectors) {
        String squares = g.unsqueeze(g.sum(g.binary("Mul", vectors, vectors), 1), 1);
        String length = g.binary("Max", g.unary("Sqrt", squares), g.scalar(SMALLEST));
        return g.binary("Div", vectors, length);
    }

    /**
     * input_ids, lengths and first_tokens, [batch, words], the place of each word's first token:
     * logits and probabilities, [batch, words, tags].
     */
    static void tagger(GraphBuilder g, PieceTagger model) {
        String ids = g.input("input_ids", OnnxType.INT64, "batch", "time");
        String lengths = g.input("lengths", OnnxType.INT64, "batch");
        String firsts = g.input("first_tokens", OnnxType.INT64, "batch", "words");
        Texts texts = new Texts(ids, Padded.of(g, ids, lengths), null);
        String rows = rows(g, model.encoder(), texts);
        String words =
                g.add(
                        "GatherND",
                        List.of(rows, g.unsqueeze(firsts, 2)),
                        GraphBuilder.Attribute.of("batch_dims", 1));
        String logits = g.at("head", () -> ExportedLayers.linear(g, model.head(), words));
        int tags = model.head().out();
        g.output(logits, "logits", OnnxType.FLOAT, "batch", "words", tags);
        g.output(g.softmax(logits, -1), "probabilities", OnnxType.FLOAT, "batch", "words", tags);
    }
}
