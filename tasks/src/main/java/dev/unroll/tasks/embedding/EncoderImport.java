package dev.unroll.tasks.embedding;

import dev.unroll.pretrained.ModelFiles;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.TokenizerLocation;
import dev.unroll.pretrained.architecture.PretrainedException;
import dev.unroll.tasks.run.Manifest;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * Makes a run's folder of an encoder that others trained. The folder has the files of
 * sentence-transformers, whose weights are float32 in {@code model.safetensors}, and a manifest of
 * their checksums; {@link TextEncoder#load(Path)} reads it.
 */
public final class EncoderImport {
    private static final Set<String> WEIGHTS =
            Set.of("model.safetensors", "model.safetensors.index.json", "onnx/model.onnx");

    private EncoderImport() {}

    /**
     * An encoder that was imported.
     *
     * @param type of the network, as {@code config.json} names it
     * @param width of the vectors
     * @param parameters numbers that were learnt
     * @param settings around the network
     * @param left the names of the arrays that were left out, such as those of heads
     */
    public record Imported(
            String type, int width, long parameters, EncoderSettings settings, List<String> left) {}

    /**
     * Imports an encoder.
     *
     * @param source a folder; a jar or an ONNX file, with the tokenizer beside the weights
     * @param run the folder to be made; it must be new or empty
     * @param changes to the settings that the files have
     * @return what was imported
     * @throws IllegalArgumentException if the source is no model that is known, or is damaged
     * @throws IOException if a file cannot be read or written
     */
    public static Imported run(Path source, Path run, UnaryOperator<EncoderSettings> changes)
            throws IOException {
        new RunFolder(run).requireNew();
        if (Files.isDirectory(source)) {
            return run(ModelFiles.folder(source), source.toString(), run, changes);
        }
        if (!Files.isRegularFile(source)) {
            throw new PretrainedException(
                    source + " is not there; give a folder, a jar or an ONNX file");
        }
        String name = source.getFileName().toString();
        if (name.endsWith(".jar") || name.endsWith(".zip")) {
            URI uri = URI.create("jar:" + source.toUri());
            try (FileSystem inside = FileSystems.newFileSystem(uri, Map.of())) {
                Path root = inside.getPath("/");
                return run(exported(root, source.toString()), name, run, changes);
            } catch (ZipException e) {
                throw new PretrainedException(
                        "%s is damaged or no jar: %s".formatted(source, e.getMessage()));
            }
        }
        if (!name.endsWith(".onnx")) {
            throw new PretrainedException(
                    "%s is neither a jar nor an ONNX file (.onnx); give the folder that it is in"
                            .formatted(source));
        }
        Path folder = source.resolveSibling("");
        return run(onnx(ModelFiles.folder(folder), name, source.toString()), name, run, changes);
    }

    /** The files in a jar, whose model has a name of its own. */
    private static ModelFiles exported(Path root, String from) throws IOException {
        ModelFiles files = ModelFiles.folder(root);
        if (files.has("config.json")) {
            return files;
        }
        List<String> models =
                files.names().stream().filter(name -> name.endsWith(".onnx")).toList();
        if (models.size() != 1) {
            throw new PretrainedException(
                    ("%s: config.json or one .onnx file is expected at the top of a jar, and there"
                                    + " are %d .onnx files; unpack it, and give a folder or a file")
                            .formatted(from, models.size()));
        }
        return onnx(files, models.getFirst(), from);
    }

    /** An ONNX file with its tokenizer, as if there were no other weights beside it. */
    private static ModelFiles onnx(ModelFiles files, String model, String from) throws IOException {
        String base = model.replaceFirst("\\.onnx$", "");
        Map<String, String> names = new LinkedHashMap<>();
        for (String tokenizer :
                List.of(
                        base + "-tokenizer.json",
                        base.replaceFirst("-q$", "") + "-tokenizer.json")) {
            if (files.has(tokenizer)) {
                names.put("tokenizer.json", tokenizer);
                break;
            }
        }
        if (!names.containsKey("tokenizer.json")
                && TokenizerLocation.FILES.stream().noneMatch(files::has)) {
            throw new PretrainedException(
                    "%s: there is neither tokenizer.json nor %s-tokenizer.json nor vocab.txt beside %s"
                            .formatted(from, base, model));
        }
        Set<String> others = new HashSet<>(WEIGHTS);
        files.names().stream().filter(name -> name.endsWith(".onnx")).forEach(others::add);
        others.remove(model);
        return files.without(others).renamed(names);
    }

    /** What is known of models by their names, where no file says it. */
    private static EncoderSettings named(String name, EncoderSettings settings) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("e5-")) {
            return settings.prompting("query", "query: ").prompting("passage", "passage: ");
        }
        if (lower.contains("bge-") && lower.contains("-en")) {
            return settings.with(Pooling.FIRST)
                    .prompting(
                            "query", "Represent this sentence for searching relevant passages: ");
        }
        return settings;
    }

    private static Imported run(
            ModelFiles files, String name, Path run, UnaryOperator<EncoderSettings> changes)
            throws IOException {
        Pretrained model = Pretrained.load(files);
        EncoderSettings told = EncoderSettings.read(files);
        boolean says = files.has("modules.json") || files.has("1_Pooling/config.json");
        TextEncoder encoder = TextEncoder.of(model, changes.apply(says ? told : named(name, told)));
        EncoderSettings settings = encoder.settings();
        model.save(model.network(), run);
        model.saveTokenizer(run);
        EncoderFolder.write(settings, encoder.width(), run);
        Imported imported =
                new Imported(
                        model.config().text("model_type", ""),
                        encoder.width(),
                        model.network().parameters().values().stream()
                                .mapToLong(p -> p.size())
                                .sum(),
                        settings,
                        model.left());
        Manifest.write(new RunFolder(run), files(run));
        return imported;
    }

    private static List<Path> files(Path run) throws IOException {
        try (Stream<Path> all = Files.walk(run)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
