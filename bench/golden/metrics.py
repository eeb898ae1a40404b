"""Golden numbers for BLEU and chrF, from sacreBLEU.

    pip install sacrebleu==2.6.0
    python bench/golden/metrics.py > tasks/src/test/resources/dev/unroll/tasks/metrics/sacrebleu.json
"""

import json
import random
import sys

from sacrebleu.metrics import BLEU, CHRF

SENTENCES = [
    "A man in a blue shirt is standing on a ladder cleaning a window.",
    "Two young, tall women are out-side near many bushes!",
    "It's 5 o'clock; the 1,000.50 euro prize (gross) goes to No. 3.",
    "He paid $12.99 - or was it 13-14 euros? - for \"two\" books.",
    "The temperature fell to -4.5 degrees, i.e. well below 0.",
    "Ein kleines Mädchen klettert in ein Spielhaus aus Holz.",
    "Straßenhändler verkaufen Äpfel, Öl & Gemüse – „frisch“ vom Markt…",
    "Une femme à l’écharpe bleue lit « Le Monde » dans le métro.",
    "В 2018 году, 5 июня, было 30 градусов.",
    "ΟΔΟΣ ΑΘΗΝΑΣ, ΑΡ. 5",
    "二〇一八年六月五日、東京で雨が降った。",
    "He said: &quot;a &lt;b&gt; &amp; c&quot; and left <skipped> early.",
    "Emoji 😀 and 👩‍👧 cost 3€/kg + 5% = £4 ^ `x` {y} [z] ~ | \\ _ #1 @home *",
    "tab\tseparated\u00a0no-break\u2003em space",
    "end of year 2018.",
    "a",
    "",
    "   ",
    "Hello world",
    "the the the the the the the",
]

CHINESE = [
    "他说：“5,000.5 元（约 2-3 倍）, OK?” ㈱ＡＢＣ…",
    " 北京。 &amp; <skipped> 𠀀𠮷 ⽉ ⼀ ㄅㆠ ꀀ 한국어 カタカナ ｶﾀ ",
    "→ ∑ € ™ ─ ☃ ✓ ︐ ︱ ㋿ ㏿ 豈 鶴 侮 龥 龦 龻 龼 㐀 䶵 䶶 ⺀ 〿 ㇀",
]


def disturbed(sentence, chance, rng):
    """The sentence with words dropped, doubled, swapped, recased or cut short."""
    words = []
    for word in sentence.split(" "):
        if rng.random() > chance:
            words.append(word)
            continue
        kind = rng.randrange(5)
        if kind == 1:
            words += [word, word]
        elif kind == 2 and words:
            words.insert(len(words) - 1, word)
        elif kind == 3:
            words.append(word.upper())
        elif kind == 4:
            words.append(word[: len(word) // 2])
    return " ".join(words)


def bleu_of(metric, hypotheses, references):
    score = metric.corpus_score(hypotheses, references)
    return {
        "signature": str(metric.get_signature()),
        "score": score.score,
        "precisions": score.precisions,
        "brevityPenalty": score.bp,
        "hypothesisLength": score.sys_len,
        "referenceLength": score.ref_len,
        "text": str(score),
    }


def several(hypotheses, references):
    """BLEU with references[i] right for hypotheses[i], with and without effective order."""
    most = max(len(each) for each in references)
    columns = [[each[k] if k < len(each) else None for each in references] for k in range(most)]
    bleu = [
        bleu_of(BLEU(smooth_method=smooth, smooth_value=value, effective_order=effective, force=True),
                hypotheses, columns)
        for effective in (False, True)
        for smooth, value in (("exp", None), ("none", None), ("floor", 0.1), ("add-k", 1))
    ]
    return {"hypotheses": hypotheses, "references": references, "bleu": bleu}


def numbers(hypotheses, references, cases=(False, True)):
    bleu = []
    for tokenize in ("13a", "intl", "none"):
        for lowercase in cases:
            for smooth, value in (("exp", None), ("none", None), ("floor", 0.1), ("add-k", 1)):
                metric = BLEU(lowercase=lowercase, tokenize=tokenize, smooth_method=smooth,
                              smooth_value=value, force=True)
                bleu.append(bleu_of(metric, hypotheses, [references]))
    for tokenize in ("zh", "char"):
        for lowercase in cases:
            metric = BLEU(lowercase=lowercase, tokenize=tokenize, force=True)
            bleu.append(bleu_of(metric, hypotheses, [references]))
    chrf = []
    for order, words, beta in ((6, 0, 2), (6, 2, 2), (4, 1, 3)):
        for lowercase in cases:
            metric = CHRF(char_order=order, word_order=words, beta=beta, lowercase=lowercase)
            score = metric.corpus_score(hypotheses, [references])
            chrf.append({
                "signature": str(metric.get_signature()),
                "beta": beta,
                "score": score.score,
                "text": str(score),
            })
    return {"hypotheses": hypotheses, "references": references, "bleu": bleu, "chrf": chrf}


def main():
    rng = random.Random(20260101)
    cases = []
    for chance in (0.0, 0.1, 0.3, 0.7):
        cases.append(numbers([disturbed(s, chance, rng) for s in SENTENCES], SENTENCES))
    for sentence in SENTENCES:
        cases.append(numbers([disturbed(sentence, 0.3, rng)], [sentence], (False,)))
    cases.append(numbers(["", ""], ["a", "b c"]))
    cases.append(numbers(["one two three"], ["four five six"]))
    captions = [
        several(["red circle", "blue square"], [["red circle"], ["blue square"]]),
        several(["red circle", "blue square"], [["red square"], ["square blue"]]),
        several(["circle", "dot"], [["circle"], ["a red circle"]]),
        several(["a red circle", "square"], [["the red circle"], ["blue square"]]),
        several(["red circle"], [["green dot"]]),
        several(["red"], [["a red circle"]]),
        several(["the the the a cat", "a b c"],
                [["the cat", "the the mat is a mat"], ["a b", "a b c d"]]),
        several(["the the the a cat", "a dog runs over the green grass", "two birds"],
                [["the cat", "the the mat is a mat", "a cat"], ["a dog runs on grass"],
                 ["birds", "two small birds fly"]]),
        several([disturbed(s, 0.3, rng) for s in SENTENCES],
                [[disturbed(s, 0.2, rng) for _ in range(3)] for s in SENTENCES]),
    ]
    tokenized = [
        {"tokenization": name, "sentence": s, "words": BLEU(tokenize=name).tokenizer(s).split()}
        for name in ("13a", "intl", "none") for s in SENTENCES
    ] + [
        {"tokenization": name, "sentence": s, "words": BLEU(tokenize=name).tokenizer(s).split()}
        for name in ("zh", "char") for s in SENTENCES + CHINESE
    ]
    json.dump({"source": "sacreBLEU 2.6.0, bench/golden/metrics.py", "tokenized": tokenized,
               "corpora": cases, "several": captions}, sys.stdout, ensure_ascii=True, separators=(",", ":"))
    print()


main()
