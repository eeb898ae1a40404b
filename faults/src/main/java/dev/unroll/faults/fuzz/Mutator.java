package dev.unroll.faults.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes inputs at random: one to eight changes one after another. */
final class Mutator {
    private static final int MORE = 1 << 16;
    private static final int MOST_CHANGES = 8;

    /** Numbers at which sizes and counts are often mistaken. */
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        2,
        127,
        128,
        255,
        256,
        32767,
        32768,
        65535,
        65536,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xFFFF_FFFFL,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        100_000_000,
        10_000
    };

    private static final String[] WRITTEN = {
        "0",
        "-1",
        "1e400",
        "-0",
        "NaN",
        "null",
        "true",
        "[]",
        "{}",
        "\"\"",
        "99999999999999999999",
        "2147483648",
        "-2147483649",
        "0.1e-999",
        "\ud83d\ude00",
        "\u0000",
        "\ufeff",
        "\r",
        "\r\n",
        "\t",
        "\"",
        "'",
        "\\u0000",
        "\\ud800",
        ": ",
        "- ",
        "&a ",
        "*a",
        "!!java.net.URL ",
        "<<: ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "#",
        "|",
        "%"
    };

    private final List<byte[]> seeds;
    private final int longest;
    private final List<byte[]> words;

    Mutator(Target target) {
        this.seeds = target.seeds();
        this.longest = seeds.stream().mapToInt(seed -> seed.length + MORE).max().orElse(0);
        this.words =
                target.words().stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /** Draws an input. */
    byte[] draw(SplittableRandom random) {
        byte[] input = seeds.get(random.nextInt(seeds.size()));
        int changes = 1 + random.nextInt(1 + random.nextInt(MOST_CHANGES));
        for (int i = 0; i < changes; i++) {
            input = change(input, random);
        }
        return input.length > longest ? Arrays.copyOf(input, longest) : input;
    }

    private byte[] change(byte[] input, SplittableRandom random) {
        if (input.length == 0) {
            return seeds.get(random.nextInt(seeds.size()));
        }
        int at = random.nextInt(input.length);
        return switch (random.nextInt(12)) {
            case 0 -> with(input, at, (byte) (input[at] ^ (1 << random.nextInt(8))));
            case 1 -> with(input, at, (byte) random.nextInt(256));
            case 2 -> number(input, at, random);
            case 3 -> Arrays.copyOf(input, at);
            case 4 -> replaced(input, at, length(input, at, random), new byte[0]);
            case 5 -> {
                byte[] some = Arrays.copyOfRange(input, at, at + length(input, at, random));
                yield replaced(input, random.nextInt(input.length), 0, some);
            }
            case 6 -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                int from = other.length == 0 ? 0 : random.nextInt(other.length);
                byte[] some = Arrays.copyOfRange(other, from, from + length(other, from, random));
                yield replaced(input, at, random.nextBoolean() ? 0 : some.length, some);
            }
            case 7 -> written(input, at, random);
            case 8 -> {
                byte[] word = word(random);
                yield replaced(input, at, random.nextBoolean() ? 0 : word.length, word);
            }
            case 9 -> {
                byte[] some = new byte[1 + random.nextInt(16)];
                random.nextBytes(some);
                yield replaced(input, at, random.nextInt(some.length + 1), some);
            }
            case 10 -> many(input, at, random);
            default -> swapped(input, at, random);
        };
    }

    private static byte[] with(byte[] input, int at, byte value) {
        byte[] changed = input.clone();
        changed[at] = value;
        return changed;
    }

    private static int length(byte[] input, int at, SplittableRandom random) {
        int left = input.length - at;
        return left <= 1
                ? left
                : 1 + random.nextInt(random.nextBoolean() ? left : Math.min(left, 8));
    }

    /** A number in binary digits, of 1, 2, 4 or 8 bytes, with either byte first. */
    private static byte[] number(byte[] input, int at, SplittableRandom random) {
        long value = NUMBERS[random.nextInt(NUMBERS.length)];
        int bytes = 1 << random.nextInt(4);
        boolean little = random.nextBoolean();
        byte[] changed = input.clone();
        for (int i = 0; i < bytes && at + i < changed.length; i++) {
            changed[at + i] = (byte) (value >> 8 * (little ? i : bytes - 1 - i));
        }
        return changed;
    }

    /** Puts something in place of a number in decimal digits, if there is one near. */
    private static byte[] written(byte[] input, int at, SplittableRandom random) {
        byte[] what = WRITTEN[random.nextInt(WRITTEN.length)].getBytes(StandardCharsets.UTF_8);
        int from = at;
        while (from < input.length && !Character.isDigit(input[from])) {
            from++;
        }
        int end = from;
        while (end < input.length && Character.isDigit(input[end])) {
            end++;
        }
        return from == input.length || random.nextInt(4) == 0
                ? replaced(input, at, 0, what)
                : replaced(input, from, end - from, what);
    }

    private byte[] word(SplittableRandom random) {
        return words.isEmpty()
                ? WRITTEN[random.nextInt(WRITTEN.length)].getBytes(StandardCharsets.UTF_8)
                : words.get(random.nextInt(words.size()));
    }

    /** Says something again and again: nesting, and long lines. */
    private static byte[] many(byte[] input, int at, SplittableRandom random) {
        byte[] some =
                Arrays.copyOfRange(input, at, Math.min(input.length, at + 1 + random.nextInt(4)));
        int times = 1 << random.nextInt(11);
        ByteArrayOutputStream out = new ByteArrayOutputStream(some.length * times);
        for (int i = 0; i < times; i++) {
            out.writeBytes(some);
        }
        return replaced(input, at, some.length, out.toByteArray());
    }

    private static byte[] swapped(byte[] input, int at, SplittableRandom random) {
        int other = random.nextInt(input.length);
        byte[] changed = input.clone();
        changed[at] = input[other];
        changed[other] = input[at];
        return changed;
    }

    private static byte[] replaced(byte[] input, int at, int length, byte[] by) {
        int end = Math.min(input.length, at + length);
        byte[] changed = new byte[at + by.length + input.length - end];
        System.arraycopy(input, 0, changed, 0, at);
        System.arraycopy(by, 0, changed, at, by.length);
        System.arraycopy(input, end, changed, at + by.length, input.length - end);
        return changed;
    }
}
