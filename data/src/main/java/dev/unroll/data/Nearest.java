package dev.unroll.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what was probably meant by a misspelt word. */
public final class Nearest {
    private Nearest() {}

    /**
     * {@return the known word that is most similar by Jaro-Winkler, upper and lower case alike; an
     * empty text if none is known}
     */
    public static String to(String wrong, Collection<String> known) {
        return known.stream()
                .max(
                        Comparator.comparingDouble(
                                key ->
                                        JaroWinkler.similarity(
                                                key.toLowerCase(Locale.ROOT),
                                                wrong.toLowerCase(Locale.ROOT))))
                .orElse("");
    }
}
