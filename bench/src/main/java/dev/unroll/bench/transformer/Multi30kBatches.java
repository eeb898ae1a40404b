package dev.unroll.bench.transformer;

import dev.unroll.data.Pair;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.DataFolders;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.data.sets.Multi30k;
import dev.unroll.tensor.Tokens;
import dev.unroll.text.BytePairTokenizer;
import dev.unroll.text.Normalization;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.TokenizerOptions;
import dev.unroll.train.Batches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Batches as the recipe multi30k-de-en-transformer has them: German sentences and English ones. */
final class Multi30kBatches {
    /** Tokens of the recipe's tokenizer. */
    static final int VOCABULARY = 5000;

    private static final int BUDGET = 4096;

    private Multi30kBatches() {}

    /**
     * The first batches of an epoch.
     *
     * @throws IllegalStateException if the data is not here
     */
    static List<Pairs> first(int count) {
        if (DataFolders.standard().place(new Multi30k().about()) == DataFolders.Place.ABSENT) {
            throw new IllegalStateException(
                    "Multi30k is not here: fetch it with 'unroll data fetch multi30k', or name the"
                            + " folder it is in with %s".formatted(DataFolders.VARIABLE));
        }
        List<Pair> pairs;
        try {
            DataFiles files = DataFiles.standard(ProgressListener.SILENT);
            pairs = new Multi30k().load(files, "de", "en").train();
        } catch (IOException e) {
            throw new UncheckedIOException("Multi30k cannot be read: " + e.getMessage(), e);
        }
        Tokenizer tokenizer =
                BytePairTokenizer.train(
                        pairs.stream().flatMap(p -> Stream.of(p.source(), p.target())).toList(),
                        new TokenizerOptions(VOCABULARY, 1, Normalization.LOWERCASE));
        List<int[]> sources = pairs.stream().map(p -> tokenizer.encode(p.source())).toList();
        List<int[]> targets = pairs.stream().map(p -> tokenizer.encode(p.target())).toList();
        int[][] groups =
                Batches.epoch(
                        sources.stream().mapToInt(s -> s.length + 1).toArray(),
                        targets.stream().mapToInt(t -> t.length + 1).toArray(),
                        BUDGET,
                        1,
                        0);
        return Arrays.stream(groups)
                .limit(count)
                .map(group -> batch(sources, targets, group, tokenizer))
                .toList();
    }

    private static Pairs batch(
            List<int[]> sources, List<int[]> targets, int[] group, Tokenizer tokenizer) {
        int end = tokenizer.vocabulary().end();
        Tokens read = Tokens.of(Arrays.stream(group).mapToObj(sources::get).toList());
        Tokens written = Tokens.of(Arrays.stream(group).mapToObj(targets::get).toList());
        return new Pairs(
                read.endingWith(end),
                written.startingWith(tokenizer.vocabulary().start()),
                written.endingWith(end).ids());
    }
}
