package dev.unroll.tasks.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.unroll.formats.files.WholeFile;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.nn.models.SequencePooling;
import dev.unroll.pretrained.ModelFiles;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.TokenizerLocation;
import dev.unroll.pretrained.architecture.Architectures;
import dev.unroll.pretrained.architecture.ModelConfig;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.tasks.recipe.ModelRecipe;
import dev.unroll.tasks.recipe.PretrainedRecipe;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.run.Artefact;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.text.pipeline.PostProcessor;
import dev.unroll.text.pipeline.TextPipeline;
import dev.unroll.text.pipeline.Truncation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads with an encoder that was trained before. When a training begins, its settings and its
 * tokenizer are copied into the run's folder, and its weights are those that the training begins
 * with; from then on the run needs nothing else.
 *
 * @param config the settings of the network
 * @param published the model's tokenizer, with the truncation that its files name
 * @param first the encoder that a training begins with, where one begins
 */
public record PretrainedReader(
        ModelConfig config, TextPipeline published, Optional<Pretrained> first)
        implements TextReader {

    /** In a run's folder: the settings of the network, a {@code config.json}. */
    static final Artefact<byte[]> CONFIG = new Copy("pretrained.json");

    /** The bytes of a file. */
    private record Copy(String file) implements Artefact<byte[]> {
        @Override
        public byte[] read(Path path) throws IOException {
            if (!Files.isRegularFile(path)) {
                throw new RunException(
                        path + " is missing: the run does not know its pretrained model");
            }
            return Files.readAllBytes(path);
        }

        @Override
        public void write(byte[] content, Path path) throws IOException {
            WholeFile.write(path, out -> out.write(content));
        }
    }

    /**
     * {@return whether a run reads with an encoder that was trained before}
     *
     * @param model of a recipe
     */
    public static <R extends Recipe> boolean isIn(
            Fitting<R, ?> fitting, Function<R, ModelRecipe> model) throws IOException {
        return fitting.has(CONFIG, recipe -> model.apply(recipe) instanceof PretrainedRecipe);
    }

    /**
     * The reader of a run: read from the pretrained model's folder when its training begins, and
     * from the run's ever after.
     *
     * @param model of a recipe
     */
    public static <R extends Recipe> PretrainedReader of(
            Fitting<R, ?> fitting, Function<R, ModelRecipe> model) throws IOException {
        Optional<Pretrained> first;
        try {
            first = fitting.first(recipe -> load(folder(model.apply(recipe))));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        byte[] config =
                fitting.once(
                        CONFIG,
                        (recipe, corpus) ->
                                (first.orElseThrow().config().json().toPrettyString() + "\n")
                                        .getBytes(UTF_8));
        return new PretrainedReader(
                ModelConfig.parse(config, CONFIG.file()), tokenizer(fitting, first), first);
    }

    /** The tokenizer, whose files are kept as they were published. */
    private static TextPipeline tokenizer(Fitting<?, ?> fitting, Optional<Pretrained> first)
            throws IOException {
        TextPipeline published = first.isPresent() ? first.get().tokenizer() : null;
        Map<String, byte[]> kept = new LinkedHashMap<>();
        for (String name : TokenizerLocation.FILES) {
            Copy copy = new Copy(name);
            if (fitting.has(copy, _ -> first.orElseThrow().files().has(name))) {
                kept.put(name, fitting.once(copy, (_, _) -> file(first, name)));
            }
        }
        if (published != null) {
            return published;
        }
        if (kept.isEmpty()) {
            throw new RunException(
                    "the run has no file of its tokenizer any more, such as tokenizer.json; take it"
                            + " from a copy, or train the run again");
        }
        return TokenizerLocation.read(new ModelFiles.InMemory("the run", kept));
    }

    private static Path folder(ModelRecipe model) {
        if (model instanceof PretrainedRecipe pretrained) {
            return Path.of(pretrained.pretrained());
        }
        throw new RecipeException(
                "the run was fine-tuned from a pretrained model; give 'model.pretrained'");
    }

    private static Pretrained load(Path folder) {
        try {
            RunFolder run = new RunFolder(folder);
            Pretrained loaded =
                    Files.isRegularFile(run.recipe())
                            ? FineTunedEncoder.read(run)
                            : Pretrained.load(folder);
            var _ = loaded.encoder(); // or it is none
            return loaded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] file(Optional<Pretrained> first, String name) {
        try {
            return first.orElseThrow().files().read(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the model's tokenizer, which shortens nothing} */
    public TextPipeline pipeline() {
        return published.untruncated();
    }

    /** {@return which tokens of a longer text stay, as the model's files say} */
    public Keep keep() {
        return published
                .truncation()
                .filter(truncation -> truncation.side() == Truncation.Side.LEFT)
                .map(_ -> Keep.LAST)
                .orElse(Keep.FIRST);
    }

    @Override
    public TextCoding coding(int maxTokens, Keep keep) {
        TextPipeline pipeline = pipeline();
        int special = pipeline.encode("").size();
        return new PretrainedCoding(pipeline, Math.min(maxTokens, longest() - special), keep);
    }

    @Override
    public PairCoding pairs(int maxTokens) {
        TextPipeline pipeline = pipeline();
        PostProcessor around = pipeline.steps().postProcessor();
        int special = around == null ? 0 : around.added(true);
        int most = Math.min(maxTokens, longest() - special);
        return new PairCoding.Pretrained(pipeline.truncatedTo(most + special), most);
    }

    /** {@return the most tokens of a text, special ones included} */
    public int longest() {
        return Architectures.longest(config);
    }

    /**
     * {@return the encoder that is trained on}
     *
     * @param recipe what of it is trained
     * @param seed of what is new
     */
    public BertEncoder encoder(PretrainedRecipe recipe, Seed seed) {
        BertEncoder encoder =
                first.isPresent() && !seed.blank()
                        ? first.get().encoder()
                        : Pretrained.blank(config, seed).encoder();
        return FineTuning.prepared(encoder, recipe, seed);
    }

    @Override
    public SequenceClassifier classifier(ModelRecipe model, Outputs outputs, Seed seed) {
        if (!(model instanceof PretrainedRecipe recipe)) {
            throw new RecipeException(
                    "the run was fine-tuned from a pretrained model; give 'model.pretrained'");
        }
        BertEncoder encoder = encoder(recipe, seed.at("encoder"));
        return new SequenceClassifier(
                encoder.words(),
                new Dropout(0, 0),
                encoder.rows(),
                SequencePooling.of(outputs.pooling(), encoder.width(), seed.at("pooling")),
                Linear.of(encoder.width(), outputs.outputs(), seed.at("head")));
    }
}
