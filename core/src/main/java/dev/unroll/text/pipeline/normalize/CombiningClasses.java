package dev.unroll.text.pipeline.normalize;

import java.text.Normalizer;

/**
 * The order of Unicode's canonical combining classes. The JDK does not tell them, but it sorts
 * marks by them: where a mark stands among one mark of each class says which class it has.
 */
final class CombiningClasses {

    /** A mark of each class, in the order of the classes. */
    private static final int[] MARKS = {
        0x0334, 0x16FF0, 0x093C, 0x3099, 0x094D, 0x05B0, 0x05B1, 0x05B2, 0x05B3, 0x05B4, 0x05B5,
        0x05B6, 0x05B7, 0x05B8, 0x05B9, 0x05BB, 0x05BC, 0x05BD, 0x05BF, 0x05C1, 0x05C2, 0xFB1E,
        0x064B, 0x064C, 0x064D, 0x064E, 0x064F, 0x0650, 0x0651, 0x0652, 0x0670, 0x0711, 0x0C55,
        0x0C56, 0x0E38, 0x0E48, 0x0EB8, 0x0EC8, 0x0F71, 0x0F72, 0x0F74, 0x0321, 0x1DCE, 0x031B,
        0x302A, 0x0316, 0x059A, 0x302E, 0x1D16D, 0x05AE, 0x0301, 0x0315, 0x035C, 0x035D, 0x0345
    };

    /** What has been found out: 0 for nothing yet, otherwise the number plus one. */
    private static final byte[] KNOWN = new byte[0x20000];

    private CombiningClasses() {}

    /** The number of a mark's class, from 1 in their order; 0 for no class. */
    static int of(int codePoint) {
        if (codePoint >= KNOWN.length) {
            return 0;
        }
        byte known = KNOWN[codePoint];
        if (known == 0) {
            known = (byte) (find(codePoint) + 1);
            KNOWN[codePoint] = known; // whichever thread writes it writes the same
        }
        return known - 1;
    }

    private static int find(int mark) {
        int last = MARKS[MARKS.length - 1];
        if (mark == last) {
            return MARKS.length;
        }
        if (!swaps(last, mark)) {
            return 0;
        }
        int low = 0;
        int high = MARKS.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (swaps(mark, MARKS[middle])) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low + 1;
    }

    /** Whether the class of the first mark stands behind that of the second. */
    private static boolean swaps(int first, int second) {
        String both = Character.toString(first) + Character.toString(second);
        return Normalizer.normalize(both, Normalizer.Form.NFD).codePointAt(0) == second
                && first != second;
    }
}
