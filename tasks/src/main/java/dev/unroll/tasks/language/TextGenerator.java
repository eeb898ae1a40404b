package dev.unroll.tasks.language;

import dev.unroll.backend.Backends;
import dev.unroll.data.Corpus;
import dev.unroll.decode.NextToken;
import dev.unroll.decode.Sampling;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.models.Decoding;
import dev.unroll.nn.models.LanguageModel;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.model.ImportedTokens;
import dev.unroll.tasks.model.WriterImport;
import dev.unroll.tasks.model.WriterTokens;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.task.Runs;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Goes on with a text, token by token.
 *
 * <p>A Transformer looks back over its context length, which is the length of the pieces it was
 * trained on. Where a text grows beyond that, the cache starts again from the later half of the
 * context. A recurrent network carries its state on without a limit.
 *
 * <p>Special tokens are never drawn: they have no text, nothing is learnt to be followed by the
 * start or the end of a text, and what is unknown cannot be written.
 */
public final class TextGenerator implements Predictor<String, String> {
    private final WriterTokens tokens;
    private final LanguageModel model;
    private final LanguageModel packed;
    private final Options options;

    /**
     * Settings of the sampling.
     *
     * @param sampling temperature, cuts and seed
     * @param tokens how many to write
     */
    public record Options(Sampling sampling, int tokens) {
        public Options {
            if (tokens < 0 || tokens > 1_000_000) {
                throw new IllegalArgumentException("tokens: from 0 to 1,000,000, not " + tokens);
            }
        }

        /** 500 tokens from the distribution as it is. */
        public static final Options STANDARD = new Options(new Sampling(1), 500);
    }

    TextGenerator(WriterTokens tokens, LanguageModel model, Options options) {
        this.tokens = tokens;
        this.model = model;
        this.packed = Parameters.map(model, Parameter::packed);
        this.options = options;
    }

    /**
     * The generator of a run, or of a language model that others trained, such as GPT-2: the folder
     * of {@code unroll import} or one of Hugging Face's form.
     *
     * @param run the run's folder
     * @throws IllegalArgumentException if it is no run of this task and no language model, or its
     *     files do not fit together
     */
    public static TextGenerator load(Path run) throws IOException {
        if (new RunFolder(run).isImported()) {
            var _ = Backends.current().warmUp(); // goes on while the files are read
            return of(WriterImport.load(run));
        }
        return Runs.load(LanguageTask.TASK, run);
    }

    /**
     * The generator of a language model that others trained.
     *
     * @throws IllegalArgumentException if it is another kind of model, or has no tokenizer
     */
    public static TextGenerator of(Pretrained model) throws IOException {
        LanguageModel network = model.languageModel(); // or it is none
        return new TextGenerator(ImportedTokens.of(model), network, Options.STANDARD);
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param folder of the run; what is there of a former run is removed
     * @return a generator with the best weights
     */
    public static TextGenerator train(LanguageRecipe recipe, Corpus<String> corpus, Path folder)
            throws IOException {
        return Runs.train(LanguageTask.TASK, recipe, corpus, folder);
    }

    /** The same, drawing in another way. */
    public TextGenerator with(Options other) {
        return new TextGenerator(tokens, model, other);
    }

    LanguageModel model() {
        return model;
    }

    WriterTokens tokens() {
        return tokens;
    }

    /** {@return the parts of a prompt that the model does not know, such as words, in order} */
    public List<String> unknown(String prompt) {
        return tokens.unknown(prompt);
    }

    /** Continues a prompt; the options' seed makes the answer repeatable. */
    @Override
    public String predict(String prompt) {
        StringBuilder text = new StringBuilder();
        generate(prompt, text::append);
        return text.toString();
    }

    @Override
    public List<String> predictAll(List<String> prompts) {
        return prompts.stream().map(this::predict).toList();
    }

    @Override
    public List<String> examples() {
        return List.of("It begins like this");
    }

    /**
     * Writes what comes after a prompt, handing out each piece as soon as it is known.
     *
     * @param prompt an empty one begins with a new line
     * @param pieces are told text that, put together, is the answer
     * @return how many tokens were written: as many as the options say
     */
    public int generate(String prompt, Consumer<String> pieces) {
        if (options.tokens() == 0) {
            return 0;
        }
        int[] given = tokens.prompt(prompt.isEmpty() ? "\n" : prompt);
        if (given.length == 0) {
            given = new int[] {tokens.start()};
        }
        Continuation text = new Continuation(given, pieces);
        int[] written =
                options.sampling()
                        .search(text, tokens.start(), tokens.end(), new int[] {options.tokens()})
                        .getFirst()
                        .getFirst()
                        .tokens();
        text.end(written);
        return written.length;
    }

    /** One text that grows: what comes next, and what has been handed out. */
    private final class Continuation implements NextToken {
        /** Tokens that may wait for the rest of a character. */
        private static final int PATIENCE = 8;

        private final Consumer<String> pieces;
        private final int prompt;
        private final int[] text;
        private int length;
        private int told;
        private int from;
        private Decoding decoding;
        private boolean begun;

        Continuation(int[] given, Consumer<String> pieces) {
            this.pieces = pieces;
            this.prompt = given.length;
            this.text = Arrays.copyOf(given, given.length + options.tokens() + 1);
            this.length = given.length;
            this.told = length;
            this.from = Math.max(0, length - packed.contextLength());
            this.decoding = read();
        }

        /** Reads all tokens but the last, which is appended in the next step. */
        private Decoding read() {
            return packed.decode(Tokens.of(List.of(Arrays.copyOfRange(text, from, length - 1))));
        }

        @Override
        public float[][] after(int[] parents, int[] appended) {
            if (begun) { // the first token is the search's start token, and the prompt has begun
                append(appended[0]);
            }
            begun = true;
            if (length - from > packed.contextLength()) {
                from = length - Math.max(1, packed.contextLength() / 2);
                decoding = read();
            }
            float[] row = decoding.after(new int[] {0}, new int[] {text[length - 1]})[0];
            for (int token = 0; token < row.length; token++) {
                if (!tokens.goesOn(token)) {
                    row[token] = Float.NEGATIVE_INFINITY;
                }
            }
            return new float[][] {row}; // [1][vocabulary]
        }

        private void append(int token) {
            text[length++] = token;
            tell(length - told > PATIENCE);
        }

        /** Hands out what is new, unless it ends within a character. */
        private void tell(boolean anyway) {
            String before = tokens.show(new int[] {text[told - 1]});
            String now = tokens.show(Arrays.copyOfRange(text, told - 1, length));
            if (anyway || !now.endsWith("\uFFFD")) {
                pieces.accept(now.substring(Math.min(before.length(), now.length())));
                told = length;
            }
        }

        /** The search does not append its last token. */
        void end(int[] written) {
            for (int i = length - prompt; i < written.length; i++) {
                append(written[i]);
            }
            if (told < length) {
                tell(true);
            }
        }
    }
}
