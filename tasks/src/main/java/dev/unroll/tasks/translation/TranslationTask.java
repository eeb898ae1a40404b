package dev.unroll.tasks.translation;

import dev.unroll.data.Corpus;
import dev.unroll.data.Pair;
import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.model.Tokenizers;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.tasks.task.TaskDefinition;
import dev.unroll.tasks.task.TrainingSetup;
import dev.unroll.text.Tokenizer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Learning to translate. */
public final class TranslationTask
        implements TaskDefinition<TranslationRecipe, Pair, Tokenizer, EncoderDecoder, Translator> {
    public static final TranslationTask TASK = new TranslationTask();

    /** Sentences of the validation set that are translated at each measurement. */
    private static final int TRANSLATED = 500;

    private TranslationTask() {}

    @Override
    public Class<TranslationRecipe> recipe() {
        return TranslationRecipe.class;
    }

    @Override
    public Corpus<Pair> corpus(TranslationRecipe recipe, DataFiles files) throws IOException {
        Corpus<Pair> corpus = Pairs.of(recipe.data(), recipe.training().seed(), files);
        return corpus.remarking(recipe.metrics().remarks(corpus.train()));
    }

    @Override
    public Set<String> changeable() {
        return Set.of("training", "decoding", "metrics");
    }

    @Override
    public Tokenizer fitted(Fitting<TranslationRecipe, Pair> fitting) throws IOException {
        return Tokenizers.of(
                fitting,
                TranslationRecipe::tokenizer,
                corpus ->
                        corpus.train().stream()
                                .flatMap(p -> Stream.of(p.source(), p.target()))
                                .toList());
    }

    @Override
    public EncoderDecoder model(TranslationRecipe recipe, Tokenizer tokenizer, Seed seed) {
        return EncoderDecoders.of(
                recipe.model(), tokenizer.vocabulary().size(), recipe.data().maxTokens() + 2, seed);
    }

    @Override
    public TrainingSetup setup(
            TranslationRecipe recipe,
            Tokenizer tokenizer,
            EncoderDecoder model,
            Corpus<Pair> corpus) {
        int maxTokens = recipe.data().maxTokens();
        var training = TranslationObjective.Example.of(corpus.train(), tokenizer, maxTokens);
        List<Pair> validation = corpus.validation();
        int tooLong = corpus.train().size() - training.size();
        var validated = TranslationObjective.Example.of(validation, tokenizer, maxTokens);
        int tooLongThere = validation.size() - validated.size();
        return new TrainingSetup(
                new TranslationObjective(
                        model,
                        tokenizer,
                        recipe,
                        training,
                        validated,
                        validation.subList(0, Math.min(TRANSLATED, validation.size()))),
                "%s: %,d pairs%s%s, vocabulary %,d"
                        .formatted(
                                corpus.name(),
                                training.size(),
                                tooLong > 0 ? " (" + tooLong + " too long, left out)" : "",
                                tooLongThere > 0
                                        ? " (" + tooLongThere + " of the validation set left out)"
                                        : "",
                                tokenizer.vocabulary().size()));
    }

    @Override
    public Translator predictor(
            TranslationRecipe recipe, Tokenizer tokenizer, EncoderDecoder model) {
        return new Translator(tokenizer, model, recipe.decoding());
    }

    @Override
    public Report evaluate(
            Translator translator, TranslationRecipe recipe, Corpus<Pair> corpus, Split split) {
        TranslationScore score =
                TranslationScore.of(
                        translator, corpus.part(split, "'data.heldOut'"), recipe.metrics());
        return new Report(score, score.text());
    }

    @Override
    public List<Sample> samples(Translator predictor, List<Pair> examples) {
        List<String> answers = predictor.translate(examples.stream().map(Pair::source).toList());
        return IntStream.range(0, answers.size())
                .mapToObj(
                        i ->
                                new Sample(
                                        examples.get(i).source(),
                                        examples.get(i).target(),
                                        answers.get(i)))
                .toList();
    }
}
