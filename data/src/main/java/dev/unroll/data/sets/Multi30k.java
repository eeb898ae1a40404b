package dev.unroll.data.sets;

import dev.unroll.data.DataException;
import dev.unroll.data.Pair;
import dev.unroll.data.Splits;
import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.table.TextLines;
import java.util.ArrayList;
import java.util.List;

/**
 * Multi30k (Elliott, Frank, Sima'an and Specia 2016): descriptions of images in German, English and
 * French, as raw text, in the splits of the WMT 2016 task; the test split is test 2016 Flickr.
 */
public record Multi30k() implements TranslationSet {
    private static final String ADDRESS =
            "https://raw.githubusercontent.com/multi30k/dataset/master/data/task1/raw/";

    /** Name, bytes and SHA-256 of each file. */
    private static final String FILES =
            """
            train.de.gz 637044 726e39b2fa9eb9ffb6dc763fb35a179f80fae06ffc5d28b6ace5faa883de28a6
            train.en.gz 568929 d79cfa999dd4c51d2cb42499b6796d5a882c3a8a961923c25a898c90f8bbd56f
            train.fr.gz 604242 622e75069e9f4c577425c4f277116ce66e63a2401c0a2312d90073cb12379a3c
            val.de.gz 24681 f0cba2f995189cf5770f29a8a9a537a3ad3f51657ad873405082ff6863a5e75a
            val.en.gz 21650 14f7d25ddd868909a9213e361768460edcacdd6ab9d1e77b92560dc10c10dc28
            val.fr.gz 23001 ca3106f1a72390591d25f6c45cb4cd39dec4cd3f123e099748a3ce5256c160e9
            test_2016_flickr.de.gz 22890 9204244e408ccb38d2a55cfcd344df15005fc42a07a6e55ca6c52b6ababb8cc8
            test_2016_flickr.en.gz 21077 611d361c6334bc7246101d48097c13cf5c4413c5befc793cc629934359d532d9
            test_2016_flickr.fr.gz 22310 6d326e188d259fb1d04ac19eae3af956559b3a0b93d7635e56c90987c40c8b90
            """;

    @Override
    public About about() {
        About about =
                About.of(
                        "multi30k",
                        "descriptions of images in German, English and French, 31,014 in" + " each",
                        "https://github.com/multi30k/dataset",
                        "none stated; made from Flickr30k, for research",
                        "Elliott, Frank, Sima'an, Specia: Multi30K: Multilingual English-German"
                                + " Image Descriptions. Workshop on Vision and Language 2016");
        for (String file : FILES.lines().toList()) {
            String[] parts = file.split(" ", -1);
            about =
                    about.withFile(
                            parts[0], ADDRESS + parts[0], Long.parseLong(parts[1]), parts[2]);
        }
        return about;
    }

    @Override
    public List<String> languages() {
        return List.of("de", "en", "fr");
    }

    @Override
    public Splits<Pair> load(DataFiles files, String source, String target) throws DataException {
        requireLanguages(source, target);
        return new Splits<>(
                pairs(files, "train", source, target),
                pairs(files, "val", source, target),
                pairs(files, "test_2016_flickr", source, target));
    }

    private List<Pair> pairs(DataFiles files, String split, String source, String target)
            throws DataException {
        return pairs(
                TextLines.ofGzip(files.get(about().file(split + "." + source + ".gz"))),
                TextLines.ofGzip(files.get(about().file(split + "." + target + ".gz"))));
    }

    /** Joins the lines of two files. */
    static List<Pair> pairs(TextLines sources, TextLines targets) throws DataException {
        if (sources.count() != targets.count()) {
            throw new DataException(
                    ("%s has %,d lines but %s has %,d: they do not belong together;"
                                    + " delete both and fetch them again")
                            .formatted(
                                    sources.name(),
                                    sources.count(),
                                    targets.name(),
                                    targets.count()));
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < sources.count(); i++) {
            pairs.add(new Pair(sources.notBlank(i), targets.notBlank(i)));
        }
        return pairs;
    }
}
