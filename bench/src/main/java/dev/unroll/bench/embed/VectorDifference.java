package dev.unroll.bench.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.tasks.embedding.TextEncoder;
import dev.unroll.text.pipeline.TextPipeline;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The distance of the vectors of all-MiniLM-L6-v2 from those that ONNX Runtime computes out of the
 * same token numbers: {@code VectorDifference FOLDER TEXTS [COUNT]}, with a folder of Hugging
 * Face's files, a file with a text a line, and how many of them are compared.
 */
public final class VectorDifference {
    private static final int TOGETHER = 32;
    private static final int LONGEST = 256;

    private VectorDifference() {}

    /**
     * The differences that were measured.
     *
     * @param texts that were compared
     * @param largest difference of any number of any vector
     * @param mean of the vectors' largest differences
     */
    record Difference(int texts, double largest, double mean) {}

    /** Compares, and prints the difference. */
    public static void main(String[] args) throws IOException, OrtException {
        int count = args.length > 2 ? Integer.parseInt(args[2]) : 10_000;
        List<String> texts;
        try (var lines = Files.lines(Path.of(args[1]))) {
            texts = lines.limit(count).toList();
        }
        Difference found = of(Path.of(args[0]), texts);
        System.out.printf(
                "%,d texts: the largest difference of a number is %.3g, and of the mean vector %.3g%n",
                found.texts(), found.largest(), found.mean());
    }

    static Difference of(Path folder, List<String> texts) throws IOException, OrtException {
        Pretrained model = Pretrained.load(folder);
        TextEncoder ours = TextEncoder.of(model);
        TextPipeline tokenizer = model.tokenizer().truncatedTo(LONGEST);
        double largest = 0;
        double sum = 0;
        try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
                OrtSession session = environment.createSession(MiniLm.file())) {
            for (int from = 0; from < texts.size(); from += TOGETHER) {
                List<String> some = texts.subList(from, Math.min(texts.size(), from + TOGETHER));
                List<int[]> ids = some.stream().map(t -> tokenizer.encode(t).ids()).toList();
                List<float[]> theirs = vectors(environment, session, ids);
                List<float[]> vectors = ours.predictAll(some);
                for (int i = 0; i < some.size(); i++) {
                    double difference = difference(vectors.get(i), theirs.get(i));
                    largest = Math.max(largest, difference);
                    sum += difference;
                }
            }
        }
        return new Difference(texts.size(), largest, sum / texts.size());
    }

    private static double difference(float[] a, float[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    /** Mean rows of length 1, of a batch that is padded to its longest text. */
    private static List<float[]> vectors(
            OrtEnvironment environment, OrtSession session, List<int[]> texts) throws OrtException {
        int rows = texts.size();
        int time = texts.stream().mapToInt(t -> t.length).max().orElse(0);
        long[] ids = new long[rows * time];
        long[] mask = new long[rows * time];
        for (int r = 0; r < rows; r++) {
            int[] text = texts.get(r);
            for (int t = 0; t < text.length; t++) {
                ids[r * time + t] = text[t];
                mask[r * time + t] = 1;
            }
        }
        long[] shape = {rows, time};
        try (OnnxTensor words = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor seen =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape);
                OnnxTensor types =
                        OnnxTensor.createTensor(
                                environment, LongBuffer.wrap(new long[rows * time]), shape);
                OrtSession.Result result =
                        session.run(
                                Map.of(
                                        "input_ids", words,
                                        "attention_mask", seen,
                                        "token_type_ids", types))) {
            FloatBuffer out = ((OnnxTensor) result.get(0)).getFloatBuffer();
            int width = out.remaining() / mask.length;
            List<float[]> vectors = new ArrayList<>();
            for (int r = 0; r < rows; r++) {
                double[] mean = new double[width];
                for (int t = 0; t < texts.get(r).length; t++) {
                    for (int i = 0; i < width; i++) {
                        mean[i] += out.get((r * time + t) * width + i);
                    }
                }
                double length = Math.sqrt(Arrays.stream(mean).map(v -> v * v).sum());
                float[] vector = new float[width];
                for (int i = 0; i < width; i++) {
                    vector[i] = (float) (mean[i] / length);
                }
                vectors.add(vector);
            }
            return vectors;
        }
    }
}
