package dev.unroll.tasks.run;

import dev.unroll.formats.safetensors.Safetensors;
import dev.unroll.formats.safetensors.SafetensorsFile;
import dev.unroll.tensor.Parameter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

    /**
     * Puts the mean of the weights that were kept into the parameters, one after another: there is
     * a sum of no more than one at a time.
     */
    public void into(Map<String, Parameter> parameters) throws IOException {
        List<FileChannel> open = new ArrayList<>();
        try {
            List<SafetensorsFile> files = new ArrayList<>();
            for (Path file : kept()) {
                FileChannel channel = SafetensorsFile.open(file);
                open.add(channel);
                files.add(SafetensorsFile.of(channel, file));
            }
            files.forEach(file -> requireFits(file, parameters));
            for (Map.Entry<String, Parameter> one : parameters.entrySet()) {
                if (!files.isEmpty()) {
                    one.getValue().set(mean(files, one.getKey()));
                }
            }
        } finally {
            for (FileChannel channel : open) {
                channel.close();
            }
        }
    }

    private static void requireFits(SafetensorsFile file, Map<String, Parameter> parameters) {
        Map<String, int[]> shapes = file.shapes();
        parameters.forEach(
                (name, parameter) -> {
                    if (!Arrays.equals(shapes.get(name), parameter.shape().dims())) {
                        throw new RunException(
                                file.name() + " does not belong to this model: " + name);
                    }
                });
    }

    private static float[] mean(List<SafetensorsFile> files, String name) throws IOException {
        double[] sum = {};
        for (SafetensorsFile file : files) {
            float[] values = file.values(name);
            sum = sum.length == 0 ? new double[values.length] : sum;
            for (int i = 0; i < values.length; i++) {
                sum[i] += values[i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / files.size());
        }
        return mean;
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
