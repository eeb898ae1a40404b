package dev.unroll.bench.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.unroll.bench.Contestant;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/** ONNX Runtime's side: the batch padded to its longest sentence, and a mask. */
final class OnnxRuntime implements Contestant {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final byte[] model = MiniLm.file();
    private final Sentences sentences;
    private final Map<Integer, OrtSession> sessions = new HashMap<>();
    private OrtSession session;

    OnnxRuntime(Sentences sentences) {
        this.sentences = sentences;
        this.session = session(1);
    }

    @Override
    public void threads(int threads) {
        session = session(threads);
    }

    private OrtSession session(int threads) {
        return sessions.computeIfAbsent(
                threads,
                n -> {
                    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                        options.setIntraOpNumThreads(n);
                        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
                        // Its threads spin while a call runs, and not into the other side's turn.
                        options.addConfigEntry("session.force_spinning_stop", "1");
                        return environment.createSession(model, options);
                    } catch (OrtException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    /** Sum of the squares of the first number of every row that is not padding. */
    @Override
    public double run() {
        int rows = sentences.count();
        int time = sentences.longest();
        long[] ids = new long[rows * time];
        long[] mask = new long[rows * time];
        for (int r = 0; r < rows; r++) {
            int[] sentence = sentences.ids()[r];
            for (int t = 0; t < sentence.length; t++) {
                ids[r * time + t] = sentence[t];
                mask[r * time + t] = 1;
            }
        }
        try (OnnxTensor words = tensor(ids, rows, time);
                OnnxTensor seen = tensor(mask, rows, time);
                OnnxTensor types = tensor(new long[rows * time], rows, time);
                OrtSession.Result result =
                        session.run(
                                Map.of(
                                        "input_ids", words,
                                        "attention_mask", seen,
                                        "token_type_ids", types))) {
            FloatBuffer out = ((OnnxTensor) result.get(0)).getFloatBuffer();
            int width = out.remaining() / mask.length;
            double sum = 0;
            for (int i = 0; i < mask.length; i++) {
                sum += mask[i] == 0 ? 0 : out.get(i * width) * out.get(i * width);
            }
            return sum;
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private OnnxTensor tensor(long[] values, int rows, int time) throws OrtException {
        return OnnxTensor.createTensor(
                environment, LongBuffer.wrap(values), new long[] {rows, time});
    }

    @Override
    public void close() {
        try {
            for (OrtSession each : sessions.values()) {
                each.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
