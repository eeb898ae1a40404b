package dev.unroll.tasks.translation;

import dev.unroll.data.Pair;
import dev.unroll.tasks.metrics.Bleu;
import dev.unroll.tasks.metrics.Chrf;
import dev.unroll.text.Normalization;
import java.util.List;
import java.util.Locale;

/**
 * The metrics of translations.
 *
 * @param bleu sacreBLEU, 0 to 100
 * @param chrf chrF2, or chrF2++ if the recipe says so, 0 to 100
 * @param exactMatch share that is right to the letter, 0 to 1
 * @param signature how BLEU was computed
 * @param chrfSignature how chrF was computed
 * @param sentences how many
 * @param seconds to translate them
 */
public record TranslationScore(
        double bleu,
        double chrf,
        double exactMatch,
        String signature,
        String chrfSignature,
        int sentences,
        double seconds) {

    /**
     * Translates sources and compares with the targets; a model that writes lower case or a form of
     * Unicode is held to that.
     */
    public static TranslationScore of(Translator translator, List<Pair> pairs, MetricsRecipe how) {
        Normalization normalization = translator.tokens().normalization();
        boolean lower = normalization.lowercases();
        long start = System.nanoTime();
        List<String> answers = translator.translate(pairs.stream().map(Pair::source).toList());
        double seconds = (System.nanoTime() - start) * 1e-9;
        List<String> references =
                pairs.stream().map(pair -> normalization.inForm(pair.target())).toList();
        Bleu bleu = Bleu.of(answers, references, how.bleuOptions(lower));
        Chrf chrf = Chrf.of(answers, references, how.chrfOptions(lower));
        int right = 0;
        for (int i = 0; i < answers.size(); i++) {
            String reference = references.get(i);
            String wanted = lower ? reference.toLowerCase(Locale.ROOT) : reference;
            right += answers.get(i).equals(wanted) ? 1 : 0;
        }
        return new TranslationScore(
                bleu.score(),
                chrf.score(),
                (double) right / pairs.size(),
                bleu.signature(),
                chrf.signature(),
                pairs.size(),
                seconds);
    }

    /** For people; English, whatever the machine's locale. */
    String text() {
        return String.format(
                Locale.ROOT,
                """
                BLEU         %.2f   (%s)
                chrF         %.2f   (%s)
                exact match  %.4f
                %d sentences in %.1f s
                """,
                bleu,
                signature,
                chrf,
                chrfSignature,
                exactMatch,
                sentences,
                seconds);
    }
}
