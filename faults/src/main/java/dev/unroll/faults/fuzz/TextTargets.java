package dev.unroll.faults.fuzz;

import dev.unroll.data.DataException;
import dev.unroll.data.table.Table;
import dev.unroll.data.table.TaggedText;
import dev.unroll.data.table.TextLines;
import dev.unroll.faults.sample.Sample;
import dev.unroll.formats.tokenizer.PipelineFile;
import dev.unroll.formats.tokenizer.TokenizerFile;
import dev.unroll.formats.tokenizer.TokenizerFileException;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.text.BytePairTokenizer;
import dev.unroll.text.CharacterTokenizer;
import dev.unroll.text.Normalization;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.TokenizerOptions;
import dev.unroll.text.WordTokenizer;
import dev.unroll.text.pipeline.TextPipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Readers of text: tables, tags, recipes, tokenizers. */
final class TextTargets {
    private static final List<String> TEXTS =
            List.of("a small house by the river", "the bird sees a tree", "3 birds, 4 trees!");

    private TextTargets() {}

    static List<Target> in(Path memory, List<Sample> samples) throws IOException {
        List<Target> targets = new ArrayList<>();
        List<String> columns = List.of("text", "label");
        targets.add(
                table(
                        memory,
                        "csv",
                        List.of(
                                "text,label\na good film,1\n\"a \"\"bad\"\" one, really\",0\n",
                                "\ufeffid,label,text\r\n1,x,\"two\nlines\"\r\n2,y,one\r\n"),
                        columns));
        targets.add(
                table(
                        memory,
                        "tsv",
                        List.of(
                                "text\tlabel\na good film\t1\nan \"odd\" one\t0\n",
                                "label\ttext\nx\ty\n"),
                        columns));
        targets.add(
                table(
                        memory,
                        "jsonl",
                        List.of(
                                """
                                {"text": "a good film", "label": 1}
                                {"text": "bad \\u00e9", "label": true}
                                """,
                                "{\"label\": 1.5e3, \"text\": [\"a\", \"b\"], \"more\": {\"x\": []}}\n"),
                        columns));
        targets.add(
                Target.of(
                                "conllu",
                                bytes(
                                        """
                                        # text = Time flies.
                                        1\tTime\ttime\tNOUN\tNN\t_\t2\tnsubj\t_\t_
                                        2-3\tflies.\t_\t_\t_\t_\t_\t_\t_\t_
                                        2\tflies\tfly\tVERB\tVBZ\t_\t0\troot\t_\t_
                                        2.1\tx\t_\tX\t_\t_\t_\t_\t_\t_
                                        3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

                                        """),
                                new Scratch(memory.resolve("conllu"))
                                        .file("a.conllu", file -> TaggedText.of(file)))
                        .words("\t", "\n\n", "1-2\t", "NOUN", "_", "1.1")
                        .refusing(DataException.class));
        targets.add(
                Target.of(
                                "words and tags",
                                bytes("Time\tNOUN\nflies\tVERB\n\nYes\tX\n"),
                                new Scratch(memory.resolve("tags"))
                                        .file("a.txt", file -> TaggedText.of(file)))
                        .words("\t", "\n\n", "\r")
                        .refusing(DataException.class));
        targets.add(
                Target.of(
                                "text",
                                bytes("one line\nanother\r\nthird \u00e9\ud83d\ude00\n"),
                                new Scratch(memory.resolve("text")).file("a.txt", TextLines::of))
                        .share(4)
                        .refusing(DataException.class));
        targets.add(recipes(samples));
        targets.add(tokenizers(memory));
        targets.add(pipelines(memory));
        targets.add(sentencePieces(memory));
        return targets;
    }

    private static List<byte[]> bytes(String... texts) {
        return List.of(texts).stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    private static Target table(
            Path memory, String ending, List<String> seeds, List<String> columns)
            throws IOException {
        return Target.of(
                        ending,
                        bytes(seeds.toArray(String[]::new)),
                        new Scratch(memory.resolve(ending))
                                .file("a." + ending, file -> Table.read(file, columns)))
                .words("\"", "\"\"", ",", "\t", "\n", "\r\n", "text", "label", "\ufeff", "{", "}")
                .refusing(DataException.class);
    }

    private static Target recipes(List<Sample> samples) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Sample sample : samples) {
            seeds.add(Files.readAllBytes(sample.recipe()));
        }
        return Target.of(
                        "recipe",
                        seeds,
                        input ->
                                Tasks.parse(
                                        new String(input, StandardCharsets.UTF_8),
                                        List.of(),
                                        "recipe.yaml",
                                        new ArrayList<>()))
                .words(
                        "task: ",
                        "model: ",
                        "kind: ",
                        "training: ",
                        "validation: ",
                        "optimiser: ",
                        "schedule: ",
                        "attention: ",
                        "window: ",
                        "\n  ",
                        "{",
                        "}",
                        "[",
                        "]",
                        "- ",
                        "&a ",
                        "*a",
                        "<<: *a",
                        "!!",
                        "|\n",
                        ">-\n",
                        "\t",
                        "\u2028",
                        "? ",
                        "%YAML 1.2")
                .refusing(RecipeException.class)
                .share(4);
    }

    private static Target tokenizers(Path memory) throws IOException {
        TokenizerOptions options = new TokenizerOptions(300, 1, Normalization.NONE);
        List<byte[]> seeds =
                bytes(
                        TokenizerFile.toJson(CharacterTokenizer.train(TEXTS, options)),
                        TokenizerFile.toJson(WordTokenizer.train(TEXTS, options)),
                        TokenizerFile.toJson(BytePairTokenizer.train(TEXTS, options)));
        return Target.of(
                        "tokenizer.json",
                        seeds,
                        new Scratch(memory.resolve("tokenizer"))
                                .file("tokenizer.json", file -> use(TokenizerFile.read(file))))
                .words(
                        "\"model\"",
                        "\"type\"",
                        "\"BPE\"",
                        "\"WordLevel\"",
                        "\"vocab\"",
                        "\"merges\"",
                        "\"added_tokens\"",
                        "\"normalizer\"",
                        "\"Sequence\"",
                        "\"pre_tokenizer\"",
                        "\"decoder\"",
                        "\"special\"",
                        "\"id\"",
                        "\"unk_token\"")
                .refusing(TokenizerFileException.class, IOException.class)
                .share(6);
    }

    private static Target pipelines(Path memory) throws IOException {
        List<byte[]> seeds =
                bytes(
                        """
                        {"added_tokens":[{"id":4,"content":"<s>","special":true,"lstrip":true}],
                        "normalizer":{"type":"Sequence","normalizers":[{"type":"NFKC"},
                        {"type":"Replace","pattern":{"Regex":" {2,}"},"content":" "}]},
                        "pre_tokenizer":{"type":"Split","pattern":{"Regex":"\\\\p{L}+|\\\\s"},
                        "behavior":"Isolated","invert":false},
                        "post_processor":{"type":"BertProcessing","sep":["<s>",4],"cls":["<s>",4]},
                        "decoder":{"type":"ByteFallback"},
                        "model":{"type":"BPE","unk_token":"u","byte_fallback":true,
                        "vocab":{"u":0,"a":1,"b":2,"ab":3},"merges":["a b"]}}
                        """,
                        """
                        {"pre_tokenizer":{"type":"Metaspace","replacement":"_","split":true},
                        "decoder":{"type":"Strip","content":" ","start":1,"stop":2},
                        "model":{"type":"Unigram","unk_id":0,
                        "vocab":[["u",0],["_a",-1.5],["a",-2],["t",-3]]}}
                        """,
                        """
                        {"normalizer":{"type":"BertNormalizer","lowercase":true},
                        "pre_tokenizer":{"type":"BertPreTokenizer"},
                        "truncation":{"max_length":4,"strategy":"LongestFirst","stride":0},
                        "model":{"type":"WordPiece","unk_token":"u","continuing_subword_prefix":"#",
                        "max_input_chars_per_word":9,"vocab":{"u":0,"a":1,"t":2,"#r":3}}}
                        """);
        return Target.of(
                        "tokenizer.json of pretrained models",
                        seeds,
                        new Scratch(memory.resolve("pipeline"))
                                .file("tokenizer.json", file -> use(PipelineFile.read(file))))
                .words(
                        "\"model\"",
                        "\"type\"",
                        "\"Unigram\"",
                        "\"Regex\"",
                        "\"String\"",
                        "\"ByteLevel\"",
                        "\"Precompiled\"",
                        "\"Prepend\"",
                        "\"TemplateProcessing\"",
                        "(?:",
                        "\\\\w+",
                        "\"id\"")
                .refusing(TokenizerFileException.class, IOException.class)
                .share(4);
    }

    private static Target sentencePieces(Path memory) throws IOException {
        byte[] seed = {
            10,
            14,
            10,
            5,
            '<',
            'u',
            'n',
            'k',
            '>',
            21,
            0,
            0,
            0,
            0,
            24,
            2, // an unknown piece
            10,
            8,
            10,
            1,
            'a',
            21,
            0,
            0,
            (byte) 0x80,
            (byte) 0xBF, // the piece a, score -1
            18,
            2,
            24,
            2, // byte-pair encoding
            26,
            6,
            24,
            1,
            32,
            1,
            40,
            1
        };
        return Target.of(
                        "SentencePiece models",
                        List.of(seed),
                        new Scratch(memory.resolve("pieces"))
                                .file(
                                        "source.spm",
                                        file -> use(PipelineFile.ofSentencePiece(file))))
                .words("\u0012\u0002", "<unk>")
                .refusing(TokenizerFileException.class, IOException.class)
                .share(2);
    }

    /** A tokenizer that was accepted gives tokens of its vocabulary, or says what it lacks. */
    private static void use(TextPipeline tokenizer) {
        try {
            int[] ids = tokenizer.encode("a tree \u00e9 3!").ids();
            if (tokenizer.decode(ids, true).length() > 100_000) {
                throw new AssertionError("a text of 10 characters came back as one of 100,000");
            }
        } catch (IllegalArgumentException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("an error without a message", e);
            }
        }
    }

    /** A tokenizer that was accepted works. */
    private static void use(Tokenizer tokenizer) {
        int[] ids = tokenizer.encode("a tree \u00e9 3!");
        if (tokenizer.decode(ids).length() > 1_000) {
            throw new AssertionError("a text of 10 characters came back as one of 1,000");
        }
    }
}
