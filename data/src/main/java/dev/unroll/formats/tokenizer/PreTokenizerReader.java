package dev.unroll.formats.tokenizer;

import dev.unroll.text.pipeline.PreTokenizer;
import dev.unroll.text.pipeline.pretokenize.BertPreTokenizer;
import dev.unroll.text.pipeline.pretokenize.ByteLevel;
import dev.unroll.text.pipeline.pretokenize.DelimiterSplit;
import dev.unroll.text.pipeline.pretokenize.DigitSplit;
import dev.unroll.text.pipeline.pretokenize.Metaspace;
import dev.unroll.text.pipeline.pretokenize.PatternSplit;
import dev.unroll.text.pipeline.pretokenize.PreTokenizerSequence;
import dev.unroll.text.pipeline.pretokenize.PunctuationSplit;
import dev.unroll.text.pipeline.pretokenize.ScriptSplit;
import dev.unroll.text.pipeline.pretokenize.SplitBehavior;
import dev.unroll.text.pipeline.pretokenize.WhitespaceSplit;
import dev.unroll.text.pipeline.pretokenize.WordSplit;
import java.util.ArrayList;
import java.util.List;

/** Reads the pre-tokenizer of a {@code tokenizer.json}. */
final class PreTokenizerReader {

    private static final String KNOWN =
            "BertPreTokenizer, ByteLevel, CharDelimiterSplit, Digits, Metaspace, Punctuation,"
                    + " Sequence, Split, UnicodeScripts, Whitespace, WhitespaceSplit";

    private PreTokenizerReader() {}

    static PreTokenizer read(JsonPath place) {
        return switch (place.at("type").string()) {
            case "BertPreTokenizer" -> {
                place.allowOnly("type");
                yield new BertPreTokenizer();
            }
            case "Whitespace" -> {
                place.allowOnly("type");
                yield new WordSplit();
            }
            case "WhitespaceSplit" -> {
                place.allowOnly("type");
                yield new WhitespaceSplit();
            }
            case "UnicodeScripts" -> {
                place.allowOnly("type");
                yield new ScriptSplit();
            }
            case "ByteLevel" -> {
                place.allowOnly("type", "add_prefix_space", "trim_offsets", "use_regex");
                yield new ByteLevel(
                        place.at("add_prefix_space").bool(), place.bool("use_regex", true));
            }
            case "Punctuation" -> {
                place.allowOnly("type", "behavior");
                yield new PunctuationSplit(
                        place.at("behavior").isAbsent()
                                ? SplitBehavior.ISOLATED
                                : behavior(place.at("behavior")));
            }
            case "Digits" -> {
                place.allowOnly("type", "individual_digits");
                yield new DigitSplit(place.bool("individual_digits", false));
            }
            case "CharDelimiterSplit" -> {
                place.allowOnly("type", "delimiter");
                yield new DelimiterSplit(place.at("delimiter").character());
            }
            case "Split" -> {
                place.allowOnly("type", "pattern", "behavior", "invert");
                yield new PatternSplit(
                        Patterns.read(place.at("pattern")),
                        behavior(place.at("behavior")),
                        place.at("invert").bool());
            }
            case "Metaspace" -> metaspace(place);
            case "Sequence" -> sequence(place);
            case String other -> throw StepErrors.unknown(place, other, KNOWN);
        };
    }

    private static PreTokenizer sequence(JsonPath place) {
        place.allowOnly("type", "pretokenizers");
        List<PreTokenizer> steps = new ArrayList<>();
        for (JsonPath step : place.at("pretokenizers").elements()) {
            steps.add(read(step));
        }
        return new PreTokenizerSequence(steps);
    }

    private static PreTokenizer metaspace(JsonPath place) {
        return new Metaspace(
                place.at("replacement").character(), prefix(place), place.bool("split", true));
    }

    /** Which texts get a replacement before them; older files say so by add_prefix_space. */
    static Metaspace.Prefix prefix(JsonPath place) {
        place.allowOnly(
                "type", "replacement", "prepend_scheme", "add_prefix_space", "split", "str_rep");
        JsonPath scheme = place.at("prepend_scheme");
        boolean added = place.bool("add_prefix_space", true);
        if (scheme.isAbsent()) {
            return added ? Metaspace.Prefix.ALWAYS : Metaspace.Prefix.NEVER;
        }
        Metaspace.Prefix prefix =
                switch (scheme.string()) {
                    case "always" -> Metaspace.Prefix.ALWAYS;
                    case "first" -> Metaspace.Prefix.FIRST;
                    case "never" -> Metaspace.Prefix.NEVER;
                    default -> throw scheme.error("is neither always, first nor never");
                };
        if (!added && prefix != Metaspace.Prefix.NEVER) {
            throw place.at("add_prefix_space").error("is false, and prepend_scheme is not never");
        }
        return prefix;
    }

    private static SplitBehavior behavior(JsonPath place) {
        return switch (place.string()) {
            case "Removed" -> SplitBehavior.REMOVED;
            case "Isolated" -> SplitBehavior.ISOLATED;
            case "MergedWithPrevious" -> SplitBehavior.MERGED_WITH_PREVIOUS;
            case "MergedWithNext" -> SplitBehavior.MERGED_WITH_NEXT;
            case "Contiguous" -> SplitBehavior.CONTIGUOUS;
            case String other ->
                    throw place.error(
                            "is %s; known are Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous"
                                    .formatted(JsonPath.shortened(other)));
        };
    }
}
