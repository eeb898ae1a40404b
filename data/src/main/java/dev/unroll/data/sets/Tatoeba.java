package dev.unroll.data.sets;

import dev.unroll.data.DataException;
import dev.unroll.data.LabelledPair;
import dev.unroll.data.Pair;
import dev.unroll.data.Splits;
import dev.unroll.data.UnionFind;
import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.table.TextLines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Short English and French sentences of tatoeba.org, as manythings.org/anki gives them out.
 *
 * <p>The publisher has no splits. Here sentences that are linked by translations, directly or
 * through others, stay together, so that no sentence of either language is in two splits. A
 * fiftieth of these groups is for validation and a fiftieth for the test, chosen by a checksum of
 * their first English sentence in alphabetical order. So the split is the same on every machine,
 * and in another release it changes only for groups that gained or lost sentences.
 *
 * <p>As a set of pairs with classes it has English sentences alone: {@link #pairs(DataFiles)} gives
 * those with a French translation in common ({@code paraphrase}), and as many that share words and
 * no translation ({@code different}), with parts of their own.
 */
public record Tatoeba() implements TranslationSet, LabelledPairSet {
    private static final String ENTRY = "fra.txt";

    @Override
    public About about() {
        return About.of(
                        "tatoeba-en-fr",
                        "short sentences in English and French, about 143,000 pairs",
                        "https://www.manythings.org/anki/",
                        "CC BY 2.0",
                        "tatoeba.org and manythings.org/anki")
                .withRollingFile(
                        "fra-eng.zip",
                        "https://www.manythings.org/anki/fra-eng.zip",
                        2_951_390,
                        "16c4f7d0df9e7c5e6c54cdb0447f3f4a18a55052ff5e2e0b27dd4a06c0e49d04");
    }

    @Override
    public List<String> languages() {
        return List.of("en", "fr");
    }

    @Override
    public Splits<Pair> load(DataFiles files, String source, String target) throws DataException {
        requireLanguages(source, target);
        Splits<Pair> english = split(translations(files));
        return source.equals("en")
                ? english
                : new Splits<>(
                        turned(english.train()),
                        turned(english.validation()),
                        turned(english.test()));
    }

    @Override
    public List<String> labels() {
        return List.of(TatoebaParaphrases.DIFFERENT, TatoebaParaphrases.PARAPHRASE);
    }

    @Override
    public String matching() {
        return TatoebaParaphrases.PARAPHRASE;
    }

    @Override
    public Splits<LabelledPair> pairs(DataFiles files) throws DataException {
        return TatoebaParaphrases.of(translations(files));
    }

    private List<Pair> translations(DataFiles files) throws DataException {
        return pairs(TextLines.ofZip(files.get(about().file("fra-eng.zip")), ENTRY));
    }

    /** English and French; newer releases have the authors in a third column. */
    static List<Pair> pairs(TextLines lines) throws DataException {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < lines.count(); i++) {
            String[] columns = lines.notBlank(i).split("\t", -1);
            if (columns.length < 2 || columns[0].isBlank() || columns[1].isBlank()) {
                throw lines.malformed(i, "expected an English sentence, a tab, a French sentence");
            }
            pairs.add(new Pair(columns[0], columns[1]));
        }
        return pairs;
    }

    /** Splits pairs so that no sentence, of either language, is in two parts. */
    static Splits<Pair> split(List<Pair> pairs) {
        // The smallest sentence of a set is an English one, since "e" comes before "f".
        UnionFind<String> linked = new UnionFind<>();
        for (Pair pair : pairs) {
            linked.join("e" + pair.source(), "f" + pair.target());
        }
        List<Pair> train = new ArrayList<>();
        List<Pair> validation = new ArrayList<>();
        List<Pair> test = new ArrayList<>();
        for (Pair pair : pairs) {
            switch (checksum(linked.find("e" + pair.source())) % 50) {
                case 0 -> validation.add(pair);
                case 1 -> test.add(pair);
                default -> train.add(pair);
            }
        }
        return new Splits<>(train, validation, test);
    }

    private static int checksum(String text) {
        CRC32 checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return (int) (checksum.getValue() & Integer.MAX_VALUE);
    }

    private static List<Pair> turned(List<Pair> pairs) {
        return pairs.stream()
                .map(pair -> new Pair(/* source= */ pair.target(), /* target= */ pair.source()))
                .toList();
    }
}
