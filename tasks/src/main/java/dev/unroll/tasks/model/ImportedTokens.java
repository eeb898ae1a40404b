package dev.unroll.tasks.model;

import dev.unroll.decode.NextToken;
import dev.unroll.decode.RankedNextToken;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.text.Normalization;
import dev.unroll.text.pipeline.AddedToken;
import dev.unroll.text.pipeline.Encoding;
import dev.unroll.text.pipeline.PostProcessor;
import dev.unroll.text.pipeline.TextPipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The tokens of a model that others trained, as Hugging Face's transformers write with them.
 *
 * @param pipeline the model's tokenizer
 * @param rules which tokens begin and end a text, and which must not come
 * @param special the tokens that stand for no text
 * @param unknown stands for what is not known, if any token does
 */
public record ImportedTokens(
        TextPipeline pipeline, WritingRules rules, BitSet special, OptionalInt unknown)
        implements WriterTokens {

    /**
     * The tokens of a model.
     *
     * @throws IllegalArgumentException if its tokenizer is missing or damaged, or its settings name
     *     a token that is not there
     */
    public static ImportedTokens of(Pretrained model) throws IOException {
        TextPipeline pipeline = model.tokenizer().untruncated();
        BitSet special = new BitSet();
        pipeline.steps().addedTokens().stream()
                .filter(AddedToken::special)
                .forEach(token -> special.set(token.id()));
        OptionalInt unknown =
                Stream.of("<unk>", "[UNK]")
                        .map(pipeline::id)
                        .filter(OptionalInt::isPresent)
                        .findFirst()
                        .orElse(OptionalInt.empty());
        return new ImportedTokens(pipeline, WritingRules.of(model), special, unknown);
    }

    @Override
    public int[] prompt(String text) {
        return pipeline.encodeBare(text).ids();
    }

    @Override
    public int[] source(String text, int most) {
        int[] ids = pipeline.truncatedTo(most).encode(text).ids();
        return ids.length > 0 ? ids : new int[] {end()}; // nothing is no sequence
    }

    @Override
    public int around() {
        PostProcessor around = pipeline.steps().postProcessor();
        return around == null ? 0 : around.added(false);
    }

    @Override
    public String show(int[] ids) {
        int[] shown = Arrays.stream(ids).filter(id -> !isSpecial(id) || isUnknown(id)).toArray();
        return pipeline.decode(shown, false);
    }

    @Override
    public List<String> unknown(String text) {
        List<String> parts = new ArrayList<>();
        Encoding read = pipeline.encodeBare(text);
        for (int i = 0; i < read.size(); i++) {
            if (isUnknown(read.ids()[i])) {
                parts.add(text.substring(read.starts()[i], read.ends()[i]).strip());
            }
        }
        return parts;
    }

    @Override
    public boolean isUnknown(int id) {
        return unknown.isPresent() && unknown.getAsInt() == id;
    }

    @Override
    public boolean isSpecial(int id) {
        return special.get(id) || id == end();
    }

    @Override
    public boolean goesOn(int id) {
        return !isSpecial(id) && pipeline.has(id) && !rules.never().contains(id);
    }

    @Override
    public int start() {
        return rules.start();
    }

    @Override
    public int end() {
        return rules.end();
    }

    @Override
    public Normalization normalization() {
        return Normalization.NONE;
    }

    @Override
    public NextToken allowed(RankedNextToken next) {
        return rules.allowed(next);
    }
}
