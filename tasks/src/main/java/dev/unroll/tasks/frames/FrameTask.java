package dev.unroll.tasks.frames;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.SequenceLabeller;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.model.Networks;
import dev.unroll.tasks.model.TargetWeights;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.tasks.task.TaskDefinition;
import dev.unroll.tasks.task.TrainingSetup;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Learning a label for each frame of a video. */
public final class FrameTask
        implements TaskDefinition<
                FrameRecipe, LabelledVideo, FrameTask.Fitted, SequenceLabeller, FrameLabeller> {
    public static final FrameTask TASK = new FrameTask();

    private FrameTask() {}

    /**
     * The parts that are fitted on the training set besides the weights.
     *
     * @param input how a video's numbers become what the network sees
     * @param classes their names
     */
    record Fitted(FrameInput input, ClassNames classes) {}

    @Override
    public Class<FrameRecipe> recipe() {
        return FrameRecipe.class;
    }

    @Override
    public Set<String> changeable() {
        return Set.of("training", "inputDropout", "average");
    }

    @Override
    public Corpus<LabelledVideo> corpus(FrameRecipe recipe, DataFiles files) throws IOException {
        return LabelledVideos.of(recipe.data(), files);
    }

    @Override
    public String identity(LabelledVideo video) {
        return "%s %s %08x"
                .formatted(
                        TaskDefinition.withoutFolders(video.frames().name()),
                        video.labels(),
                        Arrays.deepHashCode(video.frames().rows()));
    }

    @Override
    public Fitted fitted(Fitting<FrameRecipe, LabelledVideo> fitting) throws IOException {
        ClassNames classes = ClassNames.of(fitting);
        return new Fitted(FrameInput.of(fitting), classes);
    }

    @Override
    public SequenceLabeller model(FrameRecipe recipe, Fitted fitted, Seed seed) {
        return model(recipe, fitted.input().width(), fitted.classes().size(), seed);
    }

    /** A network for frames of so many numbers. */
    static SequenceLabeller model(FrameRecipe recipe, int width, int classes, Seed seed) {
        return SequenceLabeller.of(
                Networks.encoder(recipe.model(), width, recipe.data().window(), seed.at("encoder")),
                recipe.inputDropout(),
                recipe.model().dropout(),
                classes,
                seed);
    }

    private static FrameNetwork network(FrameRecipe recipe, Fitted fitted, SequenceLabeller model) {
        return new FrameNetwork(
                model, fitted.classes().size(), recipe.data().window(), recipe.average());
    }

    @Override
    public TrainingSetup setup(
            FrameRecipe recipe,
            Fitted fitted,
            SequenceLabeller model,
            Corpus<LabelledVideo> corpus) {
        ClassNames classes = fitted.classes();
        FrameInput input = fitted.input();
        List<FrameObjective.Seen> training = FrameObjective.Seen.of(corpus.train(), input, classes);
        return new TrainingSetup(
                new FrameObjective(
                        network(recipe, fitted, model),
                        recipe.training(),
                        training,
                        FrameObjective.Seen.of(corpus.validation(), input, classes),
                        classes,
                        TargetWeights.of(
                                recipe.training().classWeights(),
                                classes,
                                training.stream()
                                        .flatMapToInt(seen -> Arrays.stream(seen.labels())))),
                "%s: %,d frames of %d videos, %d classes, %d numbers a frame"
                        .formatted(
                                corpus.name(),
                                corpus.train().stream().mapToInt(LabelledVideo::size).sum(),
                                corpus.train().size(),
                                classes.size(),
                                input.width()));
    }

    @Override
    public FrameLabeller predictor(FrameRecipe recipe, Fitted fitted, SequenceLabeller model) {
        return new FrameLabeller(
                recipe, fitted.input(), network(recipe, fitted, model), fitted.classes().names());
    }

    @Override
    public Report evaluate(
            FrameLabeller labeller, FrameRecipe recipe, Corpus<LabelledVideo> corpus, Split split) {
        FrameScore score =
                FrameScore.of(
                        labeller,
                        corpus.part(split, "'data.test' or 'data.heldOut'"),
                        corpus.train());
        return new Report(score, score.text());
    }

    @Override
    public List<Sample> samples(FrameLabeller predictor, List<LabelledVideo> examples) {
        List<FrameLabels> answers =
                predictor.predictAll(examples.stream().map(LabelledVideo::frames).toList());
        return IntStream.range(0, answers.size())
                .mapToObj(
                        i ->
                                new Sample(
                                        "%s, %,d frames"
                                                .formatted(
                                                        examples.get(i).frames().name(),
                                                        examples.get(i).size()),
                                        some(examples.get(i).labels()),
                                        some(answers.get(i).labels())))
                .toList();
    }

    /** Every tenth of the way through a video. */
    private static String some(List<String> labels) {
        int shown = Math.min(10, labels.size());
        return IntStream.range(0, shown)
                .mapToObj(i -> labels.get((int) ((long) i * labels.size() / shown)))
                .collect(Collectors.joining(" "));
    }
}
