package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A batch of octal numbers of 2 to 5 digits, and the same numbers in binary: another vocabulary,
 * and three times as long.
 *
 * @param octal tokens 0 to 7
 * @param binary tokens 0 and 1
 */
public record OctalToBinary(Tokens octal, Tokens binary) {
    /** Kinds of tokens that are read. */
    public static final int READ = 8;

    /** Kinds of tokens that are written: 0, 1, the start and the end. */
    public static final int WRITTEN = 4;

    /** A batch made from a seed. */
    public static OctalToBinary of(int batch, Seed seed) {
        Random random = new Random(seed.key());
        List<int[]> octal = new ArrayList<>();
        List<int[]> binary = new ArrayList<>();
        for (int s = 0; s < batch; s++) {
            int[] digits = random.ints(2 + random.nextInt(4), 0, READ).toArray();
            int[] bits = new int[3 * digits.length];
            for (int t = 0; t < bits.length; t++) {
                bits[t] = digits[t / 3] >> (2 - t % 3) & 1;
            }
            octal.add(digits);
            binary.add(bits);
        }
        return new OctalToBinary(Tokens.of(octal), Tokens.of(binary));
    }

    /** {@return what a decoder reads: each number with the start token in front} */
    public Tokens before() {
        return binary.startingWith(2);
    }

    /** {@return what it should say: each number with the end token behind} */
    public int[] after() {
        return binary.endingWith(3).ids();
    }
}
