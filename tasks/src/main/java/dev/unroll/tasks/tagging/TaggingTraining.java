package dev.unroll.tasks.tagging;

import dev.unroll.nn.Pooling;
import dev.unroll.nn.Positions;
import dev.unroll.nn.Seed;
import dev.unroll.nn.SequenceEncoder;
import dev.unroll.nn.SequenceLabeller;
import dev.unroll.nn.SequenceTagger;
import dev.unroll.nn.WordReader;
import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.model.Networks;
import dev.unroll.tasks.recipe.NetworkRecipe;
import dev.unroll.tasks.recipe.TaggingRecipe;
import dev.unroll.tasks.recipe.WordsRecipe;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunTraining;
import java.io.IOException;
import java.nio.file.Path;

/** A recipe of tagging made ready in a run's folder. */
public final class TaggingTraining {
    private TaggingTraining() {}

    /** Loads the data, makes the lexicon or takes the folder's, and builds the model. */
    public static RunTraining prepare(TaggingRecipe recipe, RunFolder folder, DataFiles files)
            throws IOException {
        return prepare(
                recipe, TaggedSentences.of(recipe.data(), recipe.training().seed(), files), folder);
    }

    /** The same with data of your own. */
    public static RunTraining prepare(TaggingRecipe recipe, TaggedSentences data, RunFolder folder)
            throws IOException {
        Lexicon lexicon = Lexicon.ofRun(folder, data.splits().train());
        ClassNames tags = ClassNames.ofRun(folder, data.tags());
        SequenceTagger model =
                model(recipe, lexicon, tags.size(), new Seed(recipe.training().seed()));
        String about =
                "%s: %,d sentences, %,d words, %d tags"
                        .formatted(
                                data.name(),
                                data.splits().train().size(),
                                lexicon.wordCount() - 1,
                                tags.size());
        return RunTraining.of(
                folder,
                recipe,
                model,
                new TaggingLesson(model, lexicon, tags, data, recipe),
                about,
                data.remarks());
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param folder of the run; what is there of a former run is removed
     * @return a tagger with the best weights
     */
    public static Tagger train(TaggingRecipe recipe, TaggedSentences data, Path folder)
            throws IOException {
        RunFolder run = new RunFolder(folder);
        run.clear();
        prepare(recipe, data, run).run();
        return Tagger.load(folder);
    }

    static SequenceTagger model(TaggingRecipe recipe, Lexicon lexicon, int tags, Seed seed) {
        NetworkRecipe network = recipe.model();
        WordReader reader =
                WordReader.of(
                        lexicon.wordCount(),
                        network.width(),
                        lexicon.characterCount(),
                        recipe.words().characterWidth(),
                        spelling(recipe.words(), network.dropout(), seed.at("spelling")),
                        pooling(recipe.words().kind()),
                        seed.at("words"));
        SequenceEncoder encoder =
                Networks.encoder(network, reader.width(), Piece.LONGEST, seed.at("encoder"));
        return new SequenceTagger(
                reader,
                SequenceLabeller.of(
                        encoder, network.dropout(), network.dropout(), tags, seed.at("labels")));
    }

    private static SequenceEncoder spelling(WordsRecipe words, double dropout, Seed seed) {
        NetworkRecipe network =
                new NetworkRecipe(
                        words.kind(),
                        words.hidden(),
                        words.hidden(),
                        1,
                        true,
                        4,
                        2 * words.hidden(),
                        Positions.Kind.SINUSOIDAL,
                        dropout);
        return Networks.encoder(network, words.characterWidth(), Lexicon.MOST_CHARACTERS, seed);
    }

    /** A recurrent network has read the word when it ends; of the others every row counts alike. */
    private static Pooling.Kind pooling(NetworkRecipe.Kind kind) {
        return switch (kind) {
            case ELMAN, LSTM, GRU -> Pooling.Kind.LAST;
            case TRANSFORMER, NONE -> Pooling.Kind.MEAN;
        };
    }
}
