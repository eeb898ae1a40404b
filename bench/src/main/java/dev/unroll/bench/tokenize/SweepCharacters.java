package dev.unroll.bench.tokenize;

import dev.unroll.formats.tokenizer.PipelineFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Tells which characters a tokenizer treats otherwise than Hugging Face's library does. Arguments:
 * how to write a character, such as {@code a%sb}, and files {@code tokenizer.json}.
 */
public final class SweepCharacters {

    private SweepCharacters() {}

    /** Runs the sweep. */
    public static void main(String[] arguments) throws IOException {
        for (int i = 1; i < arguments.length; i++) {
            Path file = Path.of(arguments[i]);
            try (Oracle theirs = new Oracle(file)) {
                Difference difference =
                        new Difference(PipelineFile.read(file).untruncated(), theirs);
                BitSet different = new BitSet();
                for (int one = 0; one < 0xE0200; one++) {
                    if (isWorthIt(one)
                            && difference.of(arguments[0].replace("%s", Character.toString(one)))
                                    != null) {
                        different.set(one);
                    }
                }
                System.out.printf(
                        "%s: %d: %s%n",
                        file.getFileName(), different.cardinality(), ranges(different));
            }
        }
    }

    /** Assigned, and not one of many thousand alike. */
    private static boolean isWorthIt(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.UNASSIGNED
                && type != Character.SURROGATE
                && type != Character.PRIVATE_USE
                && (!Character.isIdeographic(codePoint)
                        || codePoint % 64 == 0
                        || codePoint > 0xF000 && codePoint < 0x10000)
                && (codePoint < 0xAC00 || codePoint > 0xD7A3 || codePoint % 64 == 0);
    }

    private static String ranges(BitSet set) {
        StringBuilder text = new StringBuilder();
        for (int from = set.nextSetBit(0); from >= 0; ) {
            int to = set.nextClearBit(from);
            text.append(from == to - 1 ? "%X ".formatted(from) : "%X-%X ".formatted(from, to - 1));
            from = set.nextSetBit(to);
        }
        return text.toString();
    }
}
