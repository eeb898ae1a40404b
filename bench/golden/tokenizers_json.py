"""Golden tokenizers, trained and written by Hugging Face's tokenizers library.

    pip install tokenizers==0.23.2
    python bench/golden/tokenizers_json.py tasks/src/test/resources/dev/unroll/tasks/text

writes four tokenizer files and golden.json, which says what they make of some texts. With files as
arguments after "check" it reads each of them and prints what it makes of the same texts:

    python bench/golden/tokenizers_json.py check runs/quickstart/tokenizer.json
"""

import json
import sys

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

SPECIALS = ["<unk>", "<s>", "</s>"]

CORPUS = [
    "The low tide is lower than the lowest tide of last year.",
    "It's the newest of the new, and the widest of the wide!",
    "We'll see: they've 12 of the 120 new boats, I'd say.",
    "Zwei Männer stehen am Herd und bereiten Essen zu.",
    "Ein kleines Mädchen klettert in ein Spielhaus aus Holz.",
    "Zwei kleine Mädchen stehen in ÜBERGROSSEN Schuhen am Herd.",
    "Le 5 juin 2018, il faisait 30 degrés à l’ombre.",
    "二〇一八年六月五日、東京で雨が降った。",
    "  two  spaces,\ta tab and 👩‍👧 😀 … ",
]

TEXTS = CORPUS + [
    "",
    " ",
    "a",
    "   leading and trailing   ",
    "line\nbreak\r\n\r\n  and\u00a0no-break \u3000 ideographic",
    "Unknown: Ж ß ẞ İ Σ ΟΔΟΣ e\u0301 \u200b \ufeff",
    "'s 'S it's'd we're''",
    "<unk > < s> 3.14-15 (a)[b]{c} “q” ½³ 🇩🇪𝒳",
    "NEWEST Lowest WIDEST",
    "\u0000\u0001\u007f\u0085",
]

WORDS = r" ?[\p{L}\p{M}\p{N}]+| ?[^\s\p{L}\p{M}\p{N}]|\s+(?!\S)|\s+"


def byte_pairs(normalizer, decoder):
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoder
    tokenizer.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=400, min_frequency=2, special_tokens=SPECIALS, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    return tokenizer


def word_level(normalizer, regex, decoder, least):
    tokenizer = Tokenizer(models.WordLevel(unk_token="<unk>"))
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(regex), "isolated")
    tokenizer.decoder = decoder
    tokenizer.train_from_iterator(CORPUS, trainers.WordLevelTrainer(
        vocab_size=1000, min_frequency=least, special_tokens=SPECIALS, show_progress=False))
    return tokenizer


def made_of(tokenizer):
    ids = [tokenizer.encode(text).ids for text in TEXTS]
    return [{"text": text, "ids": i, "decoded": tokenizer.decode(i)} for text, i in zip(TEXTS, ids)]


def write(folder):
    lower, space = normalizers.Lowercase(), normalizers.Prepend(" ")
    strip = decoders.Strip(" ", 1, 0)
    tokenizers = {
        "byte-pairs": byte_pairs(lower, decoders.ByteLevel()),
        "byte-pairs-space": byte_pairs(
            normalizers.Sequence([lower, space]), decoders.Sequence([decoders.ByteLevel(), strip])),
        "words": word_level(space, WORDS, decoders.Sequence([decoders.Fuse(), strip]), 1),
        "characters": word_level(lower, r"[\s\S]", decoders.Fuse(), 2),
    }
    for name, tokenizer in tokenizers.items():
        tokenizer.save(f"{folder}/{name}.json", pretty=False)
    golden = {"source": "tokenizers 0.23.2, bench/golden/tokenizers_json.py", "corpus": CORPUS,
              "tokenizers": {name: made_of(t) for name, t in tokenizers.items()}}
    with open(f"{folder}/golden.json", "w", encoding="utf-8") as file:
        json.dump(golden, file, ensure_ascii=True, separators=(",", ":"))
        file.write("\n")


if len(sys.argv) > 2 and sys.argv[1] == "check":
    for path in sys.argv[2:]:
        print(json.dumps({path: made_of(Tokenizer.from_file(path))}))
else:
    write(sys.argv[1])
