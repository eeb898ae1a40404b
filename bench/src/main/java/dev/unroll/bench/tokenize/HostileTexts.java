package dev.unroll.bench.tokenize;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that break tokenizers. */
final class HostileTexts {

    private static final int RANDOM = 4000;

    private HostileTexts() {}

    static List<String> all() {
        List<String> texts =
                new ArrayList<>(
                        List.of(
                                "",
                                " ",
                                "   ",
                                "\n",
                                "\t\t \r\n",
                                "a",
                                " a ",
                                "  two  spaces  ",
                                "\0",
                                "a\0b",
                                "\uD800",
                                "a\uD800b",
                                "\uDC00\uD800",
                                "x\uDFFF",
                                "e\u0301",
                                "\u0301",
                                "\u0301e",
                                "a\u0323\u0307\u0301b\u0307\u0323",
                                "\u1E69s\u0323\u0307s\u0307\u0323\u1E9B\u0323",
                                "\uAC00\u11A8\u1100\u1161\u11A8\uD55C\uAE00",
                                "\uFB01\uFB03\u2460\u00BD\u33A5\uFF21\uFF11\u2122",
                                "\u0344\u0F73\u0958\u2126\u212B\uF900",
                                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66",
                                "\uD83C\uDDE9\uD83C\uDDEA\uD83C\uDDEB\uD83C\uDDF7",
                                "\uD83D\uDC4D\uD83C\uDFFD\u2764\uFE0F1\uFE0F\u20E3",
                                "\u200E\u200Fabc\u202Edef\u202C\u2066x\u2069",
                                "\uFEFFbom",
                                "\u00A0\u2003\u3000\u1680\u2028\u2029\u0085x\u180Ey\u200Bz",
                                "中文字符 and 日本語のテキスト、한국어!",
                                "中",
                                "中 ",
                                " 中",
                                "\u0130stanbul \u0131 \u017F \u1E9E \u03A3\u03C3\u03C2 \u01C5",
                                "don't can't we'll I'm he's they've you're I'd DON'T \u2019s '\u017F",
                                "123 4567 1,234.56 ١٢٣ ⅷ ² 1a2b3c",
                                "...!?--__//\\\\@@##$$%%^^&&**(())",
                                "<s> </s> <unk> [CLS] [SEP] [MASK] <|endoftext|> <pad>",
                                "a<s>b [MASK]. <mask> x</s>",
                                "▁a▁▁b ▁ Ġa Ċ ##a ## [UNK]",
                                "<0x00> <0x41> <0xFF>",
                                "a\u00ADb\u2060c\u061Cd",
                                "\uE000\uF8FF\uDB80\uDC00",
                                "\uFFFD\uFFFE\uFFFF",
                                "สวัสดีครับ नमस्ते வணக்கம் שָׁלוֹם مَرْحَبًا ខ្មែរ བོད་",
                                "ÀÉÎÕÜàéîõü Ÿ Ø ø Ł ł Đ đ ß",
                                "x".repeat(99),
                                "x".repeat(100),
                                "x".repeat(101),
                                "x".repeat(5000),
                                "é".repeat(101),
                                "\uD83D\uDE00".repeat(120),
                                "ab ".repeat(700),
                                " ".repeat(300) + "x",
                                "a\u0301".repeat(300),
                                "a" + "\u0301\u0323".repeat(200),
                                "中".repeat(300),
                                "word\n\n\nword \n \n x\r\n\r\ny\t\tz  "));
        Random random = new Random(7);
        for (int i = 0; i < RANDOM; i++) {
            texts.add(random(random));
        }
        return texts;
    }

    private static String random(Random random) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(24);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    switch (random.nextInt(12)) {
                        case 0 -> ' ';
                        case 1 -> random.nextInt(0x80);
                        case 2 -> 0x80 + random.nextInt(0x180);
                        case 3 -> 0x300 + random.nextInt(0x70);
                        case 4 -> 0x370 + random.nextInt(0x1000);
                        case 5 -> 0x1E00 + random.nextInt(0x1200);
                        case 6 -> 0x3000 + random.nextInt(0x800);
                        case 7 -> 0xAC00 + random.nextInt(0x2BA4);
                        case 8 -> 0x1F300 + random.nextInt(0x400);
                        case 9 -> 0xF900 + random.nextInt(0x6FF);
                        case 10 -> 'a' + random.nextInt(26);
                        default -> "'.,!?-_\n\t\r▁<>[]#".charAt(random.nextInt(16));
                    });
        }
        return text.toString();
    }
}
