package dev.unroll.bench.translate;

import dev.unroll.data.Pair;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.data.sets.Multi30k;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.TransformerSequenceDecoder;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tasks.model.WriterTokens;
import dev.unroll.tasks.recipe.DecodingRecipe;
import dev.unroll.tasks.translation.Translator;
import dev.unroll.text.Normalization;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who translates, and what.
 *
 * @param model the network
 * @param tokenizer its tokens
 * @param decoding how it writes; its limits hold for both sides
 * @param sources token numbers, each with the end token behind
 */
record Subject(
        EncoderDecoder model, Tokenizer tokenizer, DecodingRecipe decoding, List<int[]> sources) {
    /** Steps of a model that never ends a sentence. */
    static final int STEPS = 14;

    private static final int SENTENCES = 100;

    /** Every tenth sentence of Multi30k's test set of 2016, and a trained model. */
    static Subject of(Path run) {
        try {
            EncoderDecoder model = Translator.model(run);
            if (!(model.decoder() instanceof TransformerSequenceDecoder)) {
                throw new IllegalArgumentException(
                        run
                                + " is no Transformer; train one with the recipe"
                                + " multi30k-de-en-transformer");
            }
            Translator translator = Translator.load(run);
            List<Pair> test =
                    new Multi30k()
                            .load(DataFiles.standard(ProgressListener.SILENT), "de", "en")
                            .test();
            if (!(translator.tokens() instanceof WriterTokens.Own(Tokenizer tokenizer))) {
                throw new IllegalArgumentException(run + " was imported; name a trained run");
            }
            List<int[]> sources =
                    IntStream.range(0, SENTENCES)
                            .mapToObj(i -> test.get(i * test.size() / SENTENCES).source())
                            .map(text -> ended(tokenizer.encode(text), tokenizer))
                            .toList();
            return new Subject(model, tokenizer, translator.decoding(), sources);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    run + " or Multi30k cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Where no trained model was named: the recipe's network with random weights, that reads random
     * tokens, and writes {@value #STEPS} of them each time because its end token never comes.
     */
    static Subject random() {
        Vocabulary vocabulary =
                Vocabulary.withSpecials(
                        IntStream.range(0, 4997).mapToObj(i -> "word" + i).toList());
        Tokenizer tokenizer = new WordTokenizer(vocabulary, Normalization.NONE);
        TransformerShape shape = TransformerShape.of(128, 4).feedForward(256).dropout(0);
        int size = vocabulary.size();
        EncoderDecoder model =
                EncoderDecoder.transformer(shape, 4, 4, size, size, true, new Seed(1));
        float[] bias = new float[size];
        bias[vocabulary.end()] = -1e9f;
        model.decoder().output().bias().set(bias);
        Random random = new Random(1);
        List<int[]> sources =
                Stream.generate(() -> random.ints(8 + random.nextInt(12), 3, size).toArray())
                        .map(ids -> ended(ids, tokenizer))
                        .limit(SENTENCES)
                        .toList();
        return new Subject(
                model, tokenizer, new DecodingRecipe(5, 1.0, 32, 1e-9, STEPS - 1), sources);
    }

    private static int[] ended(int[] ids, Tokenizer tokenizer) {
        int[] all = Arrays.copyOf(ids, ids.length + 1);
        all[ids.length] = tokenizer.vocabulary().end();
        return all;
    }

    /** The first sentences only. */
    Subject first(int count) {
        return new Subject(model, tokenizer, decoding, sources.subList(0, count));
    }

    /** The most tokens for each of these sources. */
    int[] limits(List<int[]> some) {
        return some.stream().mapToInt(s -> decoding.limit(s.length)).toArray();
    }
}
