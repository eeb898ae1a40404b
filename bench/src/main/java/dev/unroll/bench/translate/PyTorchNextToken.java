package dev.unroll.bench.translate;

import dev.unroll.bench.pytorch.PyTorch;
import dev.unroll.bench.transformer.PyTorchEncoderDecoder;
import dev.unroll.decode.RankedNextToken;
import dev.unroll.decode.TopK;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's answers to a search, the ordinary way: the source is encoded once, and the decoder
 * computes the whole prefix of every hypothesis again at every step, in one rectangle, for the
 * prefixes of a step have one length. Only the last place goes through the output. Finished
 * sentences leave the batch. Its tensors live as long as the scope it was made in.
 */
final class PyTorchNextToken implements RankedNextToken {
    private final PyTorchEncoderDecoder network;
    private final Tensor memory; // [sentences, time, width]
    private final @Nullable Tensor hidden; // [sentences, 1, 1, time]
    private int[] sentenceOf;
    private int[][] prefixes;
    private int[] selected;
    private Tensor selectedMemory;
    private @Nullable Tensor selectedHidden;

    PyTorchNextToken(PyTorchEncoderDecoder network, List<int[]> sources) {
        this.network = network;
        int batch = sources.size();
        int longest = sources.stream().mapToInt(s -> s.length).max().orElse(0);
        int[] tokens = new int[batch * longest];
        float[] filling = new float[batch * longest];
        boolean even = true;
        for (int s = 0; s < batch; s++) {
            int[] source = sources.get(s);
            System.arraycopy(source, 0, tokens, s * longest, source.length);
            Arrays.fill(
                    filling,
                    s * longest + source.length,
                    (s + 1) * longest,
                    Float.NEGATIVE_INFINITY);
            even &= source.length == longest;
        }
        hidden = even ? null : PyTorch.tensor(filling, batch, 1, 1, longest);
        memory = network.encoded(PyTorch.indices(tokens, batch, longest), hidden);
        sentenceOf = new int[batch];
        Arrays.setAll(sentenceOf, i -> i);
        prefixes = new int[batch][0];
        selected = sentenceOf;
        selectedMemory = memory;
        selectedHidden = hidden;
    }

    @Override
    public TopK topK(int[] parents, int[] tokens, int count) {
        int rows = parents.length;
        int length = prefixes[0].length + 1;
        int[] sentences = new int[rows];
        int[][] longer = new int[rows][];
        int[] all = new int[rows * length];
        for (int r = 0; r < rows; r++) {
            sentences[r] = sentenceOf[parents[r]];
            longer[r] = Arrays.copyOf(prefixes[parents[r]], length);
            longer[r][length - 1] = tokens[r];
            System.arraycopy(longer[r], 0, all, r * length, length);
        }
        sentenceOf = sentences;
        prefixes = longer;
        select();
        try (PointerScope step = new PointerScope()) {
            Tensor y =
                    network.decoded(
                            PyTorch.indices(all, rows, length), selectedMemory, selectedHidden);
            return ranked(network.logits(y.select(1, length - 1)), count);
        }
    }

    /** Memory of the sentences that are left, a copy for each hypothesis. */
    private void select() {
        if (Arrays.equals(selected, sentenceOf)) {
            return;
        }
        selected = sentenceOf;
        Tensor index = PyTorch.indices(selected, selected.length);
        selectedMemory = memory.index_select(0, index);
        selectedHidden = hidden == null ? null : hidden.index_select(0, index);
    }

    private static TopK ranked(Tensor logits, int count) {
        int rows = (int) logits.size(0);
        Tensor logs = torch.log_softmax(logits, 1);
        var best = count == 1 ? torch.max(logs, 1, true) : torch.topk(logs, count, 1, true, true);
        float[] values = new float[rows * count];
        long[] places = new long[rows * count];
        best.get0().contiguous().data_ptr_float().get(values);
        best.get1().contiguous().data_ptr_long().get(places);
        int[] tokens = Arrays.stream(places).mapToInt(Math::toIntExact).toArray();
        return new TopK(count, (int) logits.size(1), values, tokens);
    }

    @Override
    public float[][] after(int[] parents, int[] tokens) {
        throw new UnsupportedOperationException("greedy and beam search do not ask for all");
    }
}
