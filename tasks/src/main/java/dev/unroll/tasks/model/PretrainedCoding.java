package dev.unroll.tasks.model;

import dev.unroll.text.pipeline.Encoding;
import dev.unroll.text.pipeline.TextPipeline;

/**
 * Encodes texts as a pretrained model's tokenizer does, shortened to a limit, with the special
 * tokens that the model expects around them.
 *
 * @param pipeline the model's tokenizer, which shortens nothing itself
 * @param maxTokens longer texts are shortened to so many tokens, special ones aside; at least 1
 * @param keep which tokens of a longer text stay
 */
record PretrainedCoding(TextPipeline pipeline, int maxTokens, Keep keep) implements TextCoding {

    @Override
    public int[] encode(String text) {
        Encoding read = pipeline.encode(text);
        Cut cut = cut(read);
        int[] ids = new int[cut.front() + cut.to() - cut.from() + read.size() - cut.behind()];
        System.arraycopy(read.ids(), 0, ids, 0, cut.front());
        System.arraycopy(read.ids(), cut.from(), ids, cut.front(), cut.to() - cut.from());
        int last = read.size() - cut.behind();
        System.arraycopy(read.ids(), cut.behind(), ids, ids.length - last, last);
        return ids;
    }

    @Override
    public Spans spans(String text) {
        Encoding read = pipeline.encode(text);
        Cut cut = cut(read);
        int[] ends = new int[cut.to() - cut.from()];
        int last = 0;
        for (int t = 0; t < ends.length; t++) {
            last = Math.max(last, read.ends()[cut.from() + t]);
            ends[t] = last;
        }
        return new Spans(cut.front(), ends.length == 0 ? 0 : read.starts()[cut.from()], ends);
    }

    @Override
    public int together() {
        return 2_048; // of wide layers
    }

    @Override
    public int vocabulary() {
        return pipeline.vocabularySize();
    }

    /**
     * The places of tokens.
     *
     * @param front behind the special tokens in front
     * @param from the first token of the text that stays
     * @param to behind the last token that stays
     * @param behind the first of the special tokens behind the text
     */
    private record Cut(int front, int from, int to, int behind) {}

    private Cut cut(Encoding read) {
        int front = 0;
        while (front < read.size() && read.special()[front]) {
            front++;
        }
        int behind = read.size();
        while (behind > front && read.special()[behind - 1]) {
            behind--;
        }
        int size = Math.min(maxTokens, behind - front);
        return switch (keep) {
            case FIRST -> new Cut(front, front, front + size, behind);
            case LAST -> new Cut(front, behind - size, behind, behind);
        };
    }
}
