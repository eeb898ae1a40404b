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

    /** The scores of the next token of one text, given its prompt and what has been written. */
    private final class Continuation implements NextToken {
        private final GrowingText text;
        private final int prompt;
        private int from;
        private Decoding decoding;
        private boolean begun;

        Continuation(int[] given, Consumer<String> pieces) {
            this.text = new GrowingText(tokens, given, options.tokens() + 1, pieces);
            this.prompt = given.length;
            this.from = Math.max(0, prompt - packed.contextLength());
            this.decoding = read();
        }

        /** Reads all tokens but the last, which is appended in the next step. */
        private Decoding read() {
            return packed.decode(Tokens.of(List.of(text.beforeLast(from))));
        }

        @Override
        public float[][] after(int[] parents, int[] appended) {
            if (begun) { // the first token is the search's start token, and the prompt has begun
                text.append(appended[0]);
            }
            begun = true;
            if (text.length() - from > packed.contextLength()) {
                from = text.length() - Math.max(1, packed.contextLength() / 2);
                decoding = read();
            }
            float[] row = decoding.after(new int[] {0}, new int[] {text.last()})[0];
            for (int token = 0; token < row.length; token++) {
                if (!tokens.goesOn(token)) {
                    row[token] = Float.NEGATIVE_INFINITY;
                }
            }
            return new float[][] {row}; // [1][vocabulary]
        }

        /** The search does not append its last token. */
        void end(int[] written) {
            for (int i = text.length() - prompt; i < written.length; i++) {
                text.append(written[i]);
            }
            text.end();
        }
    }
}
