package dev.unroll.tasks.run;

import dev.unroll.formats.safetensors.Safetensors;
import dev.unroll.tensor.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The last weights kept along the way, and their mean in the end (Vaswani et al. 2017, section 6.1,
 * average the last checkpoints).
 *
 * @param folder where they are kept
 * @param count how many
 */
public record Averages(Path folder, int count) {

    /** Keeps the weights as they are now. */
    public void add(long step, Map<String, Parameter> parameters) throws IOException {
        Safetensors.save(
                folder.resolve(String.format(Locale.ROOT, "step-%09d.safetensors", step)),
                parameters,
                Map.of("step", Long.toString(step)));
        List<Path> kept = kept();
        for (int i = 0; i < kept.size() - count; i++) {
            Files.deleteIfExists(kept.get(i));
        }
    }

    /** Puts the mean of the weights that were kept into the parameters. */
    public void into(Map<String, Parameter> parameters) throws IOException {
        List<Path> kept = kept();
        Map<String, double[]> sums = new LinkedHashMap<>();
        for (Path file : kept) {
            Map<String, Safetensors.Array> arrays = Safetensors.read(file).arrays();
            parameters.forEach(
                    (name, p) -> {
                        Safetensors.Array array = arrays.get(name);
                        if (array == null || array.values().length != p.size()) {
                            throw new RunException(
                                    file + " does not belong to this model: " + name);
                        }
                        add(sums.computeIfAbsent(name, n -> new double[p.size()]), array.values());
                    });
        }
        parameters.forEach(
                (name, p) -> {
                    double[] sum = sums.get(name);
                    if (sum != null) {
                        float[] mean = new float[sum.length];
                        for (int i = 0; i < mean.length; i++) {
                            mean[i] = (float) (sum[i] / kept.size());
                        }
                        p.set(mean);
                    }
                });
    }

    private static void add(double[] sum, float[] values) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += values[i];
        }
    }

    private List<Path> kept() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith("step-"))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }
}
