package dev.unroll.faults.fuzz;

import dev.unroll.data.DataException;
import dev.unroll.data.table.Table;
import dev.unroll.data.table.TaggedText;
import dev.unroll.data.table.TextLines;
import dev.unroll.faults.sample.Sample;
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

    /** A tokenizer that was accepted works. */
    private static void use(Tokenizer tokenizer) {
        int[] ids = tokenizer.encode("a tree \u00e9 3!");
        if (tokenizer.decode(ids).length() > 1_000) {
            throw new AssertionError("a text of 10 characters came back as one of 1,000");
        }
    }
}
