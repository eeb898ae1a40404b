package dev.unroll.tasks.captioning;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.formats.image.Picture;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.CaptioningModel;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.model.Tokenizers;
import dev.unroll.tasks.recipe.CaptioningRecipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.tasks.task.TaskDefinition;
import dev.unroll.tasks.task.TrainingSetup;
import dev.unroll.text.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Learning to say what pictures show. */
public final class CaptioningTask
        implements TaskDefinition<
                CaptioningRecipe, CaptionedPicture, Tokenizer, CaptioningModel, Captioner> {
    public static final CaptioningTask TASK = new CaptioningTask();

    private CaptioningTask() {}

    @Override
    public Class<CaptioningRecipe> recipe() {
        return CaptioningRecipe.class;
    }

    @Override
    public Corpus<CaptionedPicture> corpus(CaptioningRecipe recipe, DataFiles files)
            throws IOException {
        return Captions.of(recipe.data(), recipe.picture().size(), recipe.training().seed(), files);
    }

    @Override
    public Tokenizer fitted(Fitting<CaptioningRecipe, CaptionedPicture> fitting)
            throws IOException {
        return Tokenizers.of(
                fitting,
                CaptioningRecipe::tokenizer,
                corpus -> corpus.train().stream().flatMap(p -> p.captions().stream()).toList());
    }

    @Override
    public CaptioningModel model(CaptioningRecipe recipe, Tokenizer tokenizer, Seed seed) {
        return CaptioningModels.of(recipe, tokenizer.vocabulary().size(), seed);
    }

    @Override
    public TrainingSetup setup(
            CaptioningRecipe recipe,
            Tokenizer tokenizer,
            CaptioningModel model,
            Corpus<CaptionedPicture> corpus) {
        List<CaptionedPicture> training = fitting(corpus.train(), tokenizer, recipe);
        List<CaptionedPicture> validation = fitting(corpus.validation(), tokenizer, recipe);
        long captions = captions(training);
        long tooLong = captions(corpus.train()) - captions;
        if (training.isEmpty() || validation.isEmpty()) {
            throw new RecipeException(
                    ("%s: of %d captions to learn from %d have at most %d tokens, of %d to decide"
                                    + " with %d: at least one of each; allow more in"
                                    + " 'data.maxTokens'")
                            .formatted(
                                    corpus.name(),
                                    captions(corpus.train()),
                                    captions,
                                    recipe.data().maxTokens(),
                                    captions(corpus.validation()),
                                    captions(validation)));
        }
        return new TrainingSetup(
                CaptioningObjective.of(model, tokenizer, recipe, training, validation),
                "%s: %,d pictures%s%s, vocabulary %,d"
                        .formatted(
                                corpus.name(),
                                training.size(),
                                captions > training.size()
                                        ? " with %,d captions".formatted(captions)
                                        : "",
                                tooLong > 0
                                        ? " (%,d captions are too long and left out)"
                                                .formatted(tooLong)
                                        : "",
                                tokenizer.vocabulary().size()));
    }

    private static long captions(List<CaptionedPicture> pictures) {
        return pictures.stream().mapToLong(p -> p.captions().size()).sum();
    }

    /** At the network's size, without captions that are too long and pictures without others. */
    private static List<CaptionedPicture> fitting(
            List<CaptionedPicture> pictures, Tokenizer tokenizer, CaptioningRecipe recipe) {
        int most = recipe.data().maxTokens();
        List<CaptionedPicture> fitting = new ArrayList<>();
        for (CaptionedPicture p : pictures) {
            List<String> captions =
                    p.captions().stream().filter(c -> tokenizer.encode(c).length <= most).toList();
            if (!captions.isEmpty()) {
                Picture picture = Captioner.prepared(p.picture(), recipe.picture());
                fitting.add(new CaptionedPicture(p.name(), picture, captions));
            }
        }
        return fitting;
    }

    @Override
    public Captioner predictor(
            CaptioningRecipe recipe, Tokenizer tokenizer, CaptioningModel model) {
        return new Captioner(tokenizer, model, recipe, recipe.decoding());
    }

    @Override
    public Report evaluate(
            Captioner captioner,
            CaptioningRecipe recipe,
            Corpus<CaptionedPicture> corpus,
            Split split) {
        CaptionScore score = CaptionScore.of(captioner, corpus, split);
        return new Report(score, score.text());
    }
}
