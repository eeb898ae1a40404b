package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * One long text, learnt from in pieces drawn at random.
 *
 * @param set which data set
 * @param file your own text
 * @param validation share at the text's end that is kept to decide with
 * @param length tokens in a piece, and the most that a Transformer looks back
 * @param batch pieces in a batch
 * @param batches batches that make up an epoch
 */
public record LanguageData(
        Set set, String file, double validation, int length, int batch, int batches) {

    /** The sets there are. */
    public enum Set {
        /** Plays by Shakespeare (Karpathy 2015). */
        TINY_SHAKESPEARE,
        /** A file of your own. */
        OWN
    }

    @JsonCreator
    public LanguageData(
            @Nullable Set set,
            @Nullable String file,
            @Nullable Double validation,
            @Nullable Integer length,
            @Nullable Integer batch,
            @Nullable Integer batches) {
        this(
                Checks.given(set == null && file != null ? Set.OWN : set, "data.set"),
                Checks.or(file, ""),
                Checks.share("data.validation", Checks.or(validation, 0.1)),
                Checks.atLeast("data.length", 1, (int) Checks.or(length, 64)),
                Checks.atLeast("data.batch", 1, (int) Checks.or(batch, 12)),
                Checks.atLeast("data.batches", 1, (int) Checks.or(batches, 250)));
    }
}
