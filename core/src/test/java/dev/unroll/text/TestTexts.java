package dev.unroll.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Texts that are hard on a tokenizer. */
final class TestTexts {

    private TestTexts() {}

    /** Texts without half surrogate pairs. */
    static Stream<String> awkward() {
        List<String> texts =
                new ArrayList<>(
                        List.of(
                                "",
                                " ",
                                "   ",
                                "\n",
                                "a",
                                " a",
                                "a ",
                                "  two  spaces  ",
                                "tab\tnewline\r\nno-break\u00a0ideographic\u3000end",
                                "It's John's; we'll, they've, I'd, 'S",
                                "Straße, naïve café — “quoted” … ½ ³",
                                "日本語のテキスト、2018年6月5日。",
                                "مرحبا بالعالم",
                                "e\u0301 combining, zero\u200bwidth, bom\ufeff",
                                "👩‍👩‍👧‍👦 family 🇩🇪 flag 𝒳 math",
                                "<unk> <s> </s> are only letters here",
                                "control\u0000\u0001\u007f\u0085chars",
                                "\ufffd \uffff"));
        Random random = new Random(20260101);
        for (int i = 0; i < 40; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(60); n > 0; n--) {
                int codePoint =
                        switch (random.nextInt(4)) {
                            case 0 -> ' ';
                            case 1 -> 'a' + random.nextInt(26);
                            case 2 -> random.nextInt(0x250);
                            default -> random.nextInt(Character.MAX_CODE_POINT + 1);
                        };
                boolean half = codePoint >= 0xD800 && codePoint <= 0xDFFF;
                text.appendCodePoint(half ? 'x' : codePoint);
            }
            texts.add(text.toString());
        }
        return texts.stream();
    }
}
