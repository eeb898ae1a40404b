package dev.unroll.tasks.captioning;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.formats.image.Image;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.CaptioningModel;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.model.Tokenizers;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.tasks.task.TaskDefinition;
import dev.unroll.tasks.task.TrainingSetup;
import dev.unroll.text.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Learning to say what images show. */
public final class CaptioningTask
        implements TaskDefinition<
                CaptioningRecipe, CaptionedImage, Tokenizer, CaptioningModel, Captioner> {
    public static final CaptioningTask TASK = new CaptioningTask();

    private CaptioningTask() {}

    @Override
    public Class<CaptioningRecipe> recipe() {
        return CaptioningRecipe.class;
    }

    @Override
    public Corpus<CaptionedImage> corpus(CaptioningRecipe recipe, DataFiles files)
            throws IOException {
        return Captions.of(recipe.data(), recipe.image().size(), recipe.training().seed(), files);
    }

    @Override
    public String identity(CaptionedImage image) {
        return "%s %s %08x"
                .formatted(
                        TaskDefinition.withoutFolders(image.name()),
                        image.captions(),
                        Arrays.hashCode(image.image().values()));
    }

    @Override
    public Tokenizer fitted(Fitting<CaptioningRecipe, CaptionedImage> fitting) throws IOException {
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
            Corpus<CaptionedImage> corpus) {
        List<CaptionedImage> training = fitting(corpus.train(), tokenizer, recipe);
        List<CaptionedImage> validation = fitting(corpus.validation(), tokenizer, recipe);
        long captions = captions(training);
        long tooLong = captions(corpus.train()) - captions;
        if (training.isEmpty() || validation.isEmpty()) {
            throw new RecipeException(
                    ("%s: of %d captions for training %d have at most %d tokens, of %d for"
                                    + " validation %d: at least one of each; allow more in"
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
                "%s: %,d images%s%s, vocabulary %,d"
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

    private static long captions(List<CaptionedImage> images) {
        return images.stream().mapToLong(p -> p.captions().size()).sum();
    }

    /** At the network's size, without captions that are too long and images without others. */
    private static List<CaptionedImage> fitting(
            List<CaptionedImage> images, Tokenizer tokenizer, CaptioningRecipe recipe) {
        int most = recipe.data().maxTokens();
        List<CaptionedImage> fitting = new ArrayList<>();
        for (CaptionedImage p : images) {
            List<String> captions =
                    p.captions().stream().filter(c -> tokenizer.encode(c).length <= most).toList();
            if (!captions.isEmpty()) {
                Image image = Captioner.prepared(p.image(), recipe.image());
                fitting.add(new CaptionedImage(p.name(), image, captions));
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
            Corpus<CaptionedImage> corpus,
            Split split) {
        CaptionScore score = CaptionScore.of(captioner, corpus, split);
        return new Report(score, score.text());
    }

    @Override
    public List<Sample> samples(Captioner predictor, List<CaptionedImage> examples) {
        List<Caption> answers =
                predictor.predictAll(examples.stream().map(CaptionedImage::image).toList());
        return IntStream.range(0, answers.size())
                .mapToObj(
                        i ->
                                new Sample(
                                        examples.get(i).name(),
                                        String.join(" / ", examples.get(i).captions()),
                                        answers.get(i).text()))
                .toList();
    }
}
