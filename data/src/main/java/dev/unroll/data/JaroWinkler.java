package dev.unroll.data;

/**
 * How similar two words are, from 0 (no letter in common) to 1 (equal): Jaro's similarity, raised
 * for words that begin alike (Winkler 1990, "String Comparator Metrics and Enhanced Decision Rules
 * in the Fellegi-Sunter Model of Record Linkage").
 */
final class JaroWinkler {
    /** Below this, words that begin alike get no more. */
    private static final double THRESHOLD = 0.7;

    /** What each of the first letters that agree adds, of what lacks to 1. */
    private static final double PREFIX_WEIGHT = 0.1;

    private static final int LONGEST_PREFIX = 4;

    private JaroWinkler() {}

    static double similarity(String a, String b) {
        double jaro = jaro(a, b);
        if (jaro < THRESHOLD) {
            return jaro;
        }
        int most = Math.min(LONGEST_PREFIX, Math.min(a.length(), b.length()));
        int prefix = 0;
        while (prefix < most && a.charAt(prefix) == b.charAt(prefix)) {
            prefix++;
        }
        return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
    }

    /** (m/|a| + m/|b| + (m - t)/m) / 3, with m letters that match and t transpositions. */
    private static double jaro(String a, String b) {
        if (a.equals(b)) {
            return 1;
        }
        int reach = Math.max(0, Math.max(a.length(), b.length()) / 2 - 1);
        boolean[] taken = new boolean[b.length()];
        StringBuilder matchesOfA = new StringBuilder();
        for (int i = 0; i < a.length(); i++) {
            int last = Math.min(b.length() - 1, i + reach);
            for (int j = Math.max(0, i - reach); j <= last; j++) {
                if (!taken[j] && a.charAt(i) == b.charAt(j)) {
                    taken[j] = true;
                    matchesOfA.append(a.charAt(i));
                    break;
                }
            }
        }
        double matches = matchesOfA.length();
        if (matches == 0) {
            return 0;
        }
        int outOfPlace = 0;
        for (int j = 0, k = 0; j < b.length(); j++) {
            if (taken[j] && b.charAt(j) != matchesOfA.charAt(k++)) {
                outOfPlace++;
            }
        }
        double transpositions = outOfPlace / 2.0;
        return (matches / a.length() + matches / b.length() + (matches - transpositions) / matches)
                / 3;
    }
}
