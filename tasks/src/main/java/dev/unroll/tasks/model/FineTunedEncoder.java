package dev.unroll.tasks.model;

import dev.unroll.formats.safetensors.SafetensorsFile;
import dev.unroll.formats.safetensors.Weights;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.LowRankAdapter;
import dev.unroll.pretrained.ModelFiles;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.architecture.ModelConfig;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.tasks.recipe.PretrainedRecipe;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.Manifest;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The encoder of a run that was fine-tuned, for another training that begins with it: training on a
 * task with many examples first helps on a like task with few (Phang et al. 2018, Sentence encoders
 * on STILTs). What was new for the first task, such as its head, is left out.
 */
final class FineTunedEncoder {
    private FineTunedEncoder() {}

    /**
     * Reads the encoder of a run of any task that trains on a pretrained encoder; low-rank adapters
     * are merged into its weights.
     *
     * @throws IllegalArgumentException if the run has no such encoder, was not finished, or is
     *     damaged
     */
    static Pretrained read(RunFolder run) throws IOException {
        run.requireModel();
        PretrainedRecipe recipe =
                RecipeFile.pretrained(run.recipe())
                        .orElseThrow(
                                () ->
                                        new RunException(
                                                ("%s was not trained from a pretrained encoder, so no"
                                                                + " other training can begin with its"
                                                                + " weights; name a run whose recipe has"
                                                                + " 'model.pretrained'")
                                                        .formatted(run.directory())));
        Manifest.requireUsed(run);
        Path config = run.file(PretrainedReader.CONFIG);
        ModelConfig settings =
                ModelConfig.parse(PretrainedReader.CONFIG.read(config), config.toString());
        Pretrained blank =
                Pretrained.blank(settings, Seed.blank(Files.size(run.model()) / Short.BYTES));
        BertEncoder encoder = FineTuning.prepared(blank.encoder(), recipe, Seed.BLANK);
        Set<String> left;
        try (FileChannel channel = SafetensorsFile.open(run.model())) {
            SafetensorsFile stored = SafetensorsFile.of(channel, run.model());
            left = Weights.setPart(encoder, stored, names(stored.shapes().keySet()));
        }
        return new Pretrained(
                settings,
                LowRankAdapter.merge(encoder),
                blank.stored(),
                List.copyOf(left),
                ModelFiles.folder(run.directory())
                        .renamed(Map.of("config.json", PretrainedReader.CONFIG.file())));
    }

    /** The name of an encoder's array within a classifier, a tagger, or a network by itself. */
    private static UnaryOperator<String> names(Set<String> stored) {
        if (stored.contains("embedding.weight")) {
            return name ->
                    name.startsWith("words.")
                            ? name.replaceFirst("words", "embedding")
                            : "encoder." + name;
        }
        return stored.contains("words.weight") ? name -> name : name -> "encoder." + name;
    }
}
