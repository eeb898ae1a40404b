package dev.unroll.onnx.export;

import dev.unroll.formats.files.WholeFile;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.models.CaptioningModel;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.MaskNetwork;
import dev.unroll.nn.models.RecurrentLanguageModel;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.models.SequenceLabeller;
import dev.unroll.nn.models.SequenceTagger;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.pretrained.network.PieceTagger;
import dev.unroll.pretrained.network.SentenceEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Models as ONNX files, which other engines run. A file has the whole network, for batches of any
 * size and sequences of any length, filled up behind their ends; a network that writes has two more
 * or three, to write token by token without computing anything twice. docs/onnx.md lists their
 * inputs and outputs.
 *
 * <pre>{@code
 * OnnxExport.of(model).write(Path.of("classifier.onnx"), Map.of("task", "classify"));
 * }</pre>
 *
 * @param graphs the bytes of the files but for the metadata, by what is added to the file's name
 */
public record OnnxExport(Map<String, Graph> graphs) {

    /** Keeps the order. */
    public OnnxExport {
        graphs = Collections.unmodifiableMap(new LinkedHashMap<>(graphs));
    }

    /** A graph that lacks only the metadata. */
    @FunctionalInterface
    public interface Graph {
        /**
         * {@return all bytes of a file}
         *
         * @param metadata free text by key
         */
        byte[] file(Map<String, String> metadata);
    }

    /**
     * The export of a model.
     *
     * @param model one of those of {@link dev.unroll.nn.models}; or of {@link
     *     dev.unroll.pretrained.network} a {@link BertEncoder}, {@link SentenceEncoder} or {@link
     *     PieceTagger}
     * @return its graphs: one under the empty name, which is the whole; for a language model also
     *     {@code -step}, for an encoder and a decoder also {@code -encoder} and {@code -step}
     * @throws OnnxExportException if a part of it cannot be said in ONNX; the message names it and
     *     the reason
     */
    public static OnnxExport of(Object model) {
        Map<String, Graph> graphs = new LinkedHashMap<>();
        switch (model) {
            case SequenceClassifier m ->
                    graphs.put("", graph(m, "classifier", g -> ExportedReaders.classifier(g, m)));
            case SequenceLabeller m ->
                    graphs.put(
                            "",
                            graph(
                                    m,
                                    "labeller",
                                    g -> ExportedReaders.labeller(g, m, input(m.encoder()))));
            case SequenceTagger m ->
                    graphs.put("", graph(m, "tagger", g -> ExportedReaders.tagger(g, m)));
            case PieceTagger m ->
                    graphs.put("", graph(m, "tagger", g -> ExportedEncoders.tagger(g, m)));
            case BertEncoder m ->
                    graphs.put("", graph(m, "encoder", g -> ExportedEncoders.encoder(g, m)));
            case SentenceEncoder m ->
                    graphs.put("", graph(m, "encoder", g -> ExportedEncoders.sentences(g, m)));
            case TransformerLanguageModel m -> {
                graphs.put("", graph(m, "language-model", g -> ExportedWriters.whole(g, m)));
                graphs.put("-step", graph(m, "language-model", g -> ExportedWriters.step(g, m)));
            }
            case RecurrentLanguageModel m -> {
                graphs.put("", graph(m, "language-model", g -> ExportedWriters.whole(g, m)));
                graphs.put("-step", graph(m, "language-model", g -> ExportedWriters.step(g, m)));
            }
            case EncoderDecoder m -> {
                ExportedTranslation parts = ExportedTranslation.of(m);
                graphs.put("", graph(m, "encoder-decoder", parts::whole));
                graphs.put("-encoder", graph(m, "encoder", parts::encoder));
                graphs.put("-step", graph(m, "decoder", parts::step));
            }
            case CaptioningModel m -> {
                ExportedTranslation parts = ExportedTranslation.of(m);
                graphs.put("", graph(m, "captioner", parts::whole));
                graphs.put("-encoder", graph(m, "encoder", parts::encoder));
                graphs.put("-step", graph(m, "decoder", parts::step));
            }
            case MaskNetwork<?> m ->
                    graphs.put("", graph(m, "masks", g -> ExportedMaskNetwork.step(g, m)));
            default ->
                    throw new OnnxExportException(
                            ("a %s cannot be exported; classifiers, regressors, taggers, labellers of"
                                            + " frames, encoders of texts, language models,"
                                            + " translators, captioners and mask networks can")
                                    .formatted(model.getClass().getSimpleName()));
        }
        return new OnnxExport(graphs);
    }

    private static Graph graph(Object model, String name, Consumer<GraphBuilder> add) {
        GraphBuilder builder = new GraphBuilder(name, Parameters.of(model));
        add.accept(builder);
        return builder::model;
    }

    private static int input(SequenceEncoder encoder) {
        return switch (encoder) {
            case SequenceEncoder.Recurrence r -> ExportedCells.input(r.layers());
            case SequenceEncoder.SelfAttention a -> a.input().in();
            case SequenceEncoder.Mlp m -> m.first().in();
            default -> throw OnnxExportException.unknown("encoder", encoder);
        };
    }

    /**
     * Writes the files, each whole or not at all.
     *
     * @param file of the whole network; the others lie beside it, as {@code NAME-step.onnx}
     * @param metadata free text by key
     * @return the files that were written
     * @throws IOException if one cannot be written
     */
    public List<Path> write(Path file, Map<String, String> metadata) throws IOException {
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, Graph> each : graphs.entrySet()) {
            Path path = named(file, each.getKey());
            byte[] bytes = each.getValue().file(metadata);
            WholeFile.write(path, out -> out.write(bytes));
            written.add(path);
        }
        return written;
    }

    /** {@return a file beside another, with something added to its name} */
    private static Path named(Path file, String added) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String own = dot <= 0 ? name + added : name.substring(0, dot) + added + name.substring(dot);
        return file.resolveSibling(own);
    }
}
