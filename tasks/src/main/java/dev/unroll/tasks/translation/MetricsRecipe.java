package dev.unroll.tasks.translation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.unroll.data.Pair;
import dev.unroll.tasks.metrics.BleuOptions;
import dev.unroll.tasks.metrics.BleuTokenization;
import dev.unroll.tasks.metrics.ChrfOptions;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * How translations are measured, while a model is trained and after.
 *
 * @param bleu how BLEU cuts a sentence into words, by the names of sacreBLEU's signatures: {@code
 *     13a}, {@code zh}, {@code char}, {@code intl} or {@code none}
 * @param chrf {@code chrf}, of characters alone, or {@code chrf++}, of words too
 */
public record MetricsRecipe(@Default("13a") Words bleu, @Default("chrf") Characters chrf) {
    /** The targets at least so long tell whether words are apart. */
    private static final int LONG = 8;

    /** The longest n-grams that BLEU counts: with fewer words a sentence adds nothing to it. */
    private static final int COUNTED = 4;

    /** Ways of cutting a sentence into words. */
    public enum Words {
        /** Western languages. */
        WESTERN(BleuTokenization.MTEVAL_13A),
        /** Chinese. */
        CHINESE(BleuTokenization.CHINESE),
        /** Each character by itself. */
        CHARACTERS(BleuTokenization.CHARACTERS),
        /** Any language that has spaces between words. */
        INTERNATIONAL(BleuTokenization.INTERNATIONAL),
        /** White space only. */
        NONE(BleuTokenization.NONE);

        private final BleuTokenization tokenization;

        Words(BleuTokenization tokenization) {
            this.tokenization = tokenization;
        }

        @JsonCreator
        static Words named(String name) {
            return MetricsRecipe.named("metrics.bleu", values(), Words::written, name);
        }

        @JsonValue
        String written() {
            return tokenization.signature();
        }
    }

    /** What chrF counts. */
    public enum Characters {
        /** Characters. */
        ALONE("chrf"),
        /** Characters and words. */
        WITH_WORDS("chrf++");

        private final String written;

        Characters(String written) {
            this.written = written;
        }

        @JsonCreator
        static Characters named(String name) {
            return MetricsRecipe.named("metrics.chrf", values(), Characters::written, name);
        }

        @JsonValue
        String written() {
            return written;
        }
    }

    private static <T> T named(String key, T[] values, Function<T, String> name, String wanted) {
        List<String> names = Arrays.stream(values).map(name).toList();
        Checks.oneOf(key, names, wanted);
        return values[names.indexOf(wanted)];
    }

    BleuOptions bleuOptions(boolean lowercase) {
        BleuOptions options = BleuOptions.STANDARD.with(bleu.tokenization);
        return lowercase ? options.lowercased() : options;
    }

    ChrfOptions chrfOptions(boolean lowercase) {
        ChrfOptions options =
                switch (chrf) {
                    case ALONE -> ChrfOptions.STANDARD;
                    case WITH_WORDS -> ChrfOptions.PLUS_PLUS;
                };
        return lowercase ? options.lowercased() : options;
    }

    /** {@return what is said where BLEU finds too few words in the targets to count anything} */
    List<String> remarks(List<Pair> pairs) {
        List<String> targets =
                pairs.stream()
                        .limit(1_000)
                        .map(Pair::target)
                        .filter(target -> target.codePointCount(0, target.length()) >= LONG)
                        .toList();
        long few =
                targets.stream()
                        .filter(target -> bleu.tokenization.words(target).size() < COUNTED)
                        .count();
        return 2 * few <= targets.size()
                ? List.of()
                : List.of(
                        ("BLEU with the words of %s finds fewer than %d words in most targets, so that it"
                                        + " stays at 0: set metrics.bleu to zh for Chinese, or to char"
                                        + " for other languages without spaces between words")
                                .formatted(bleu.written(), COUNTED));
    }
}
