package dev.unroll.examples;

import dev.unroll.examples.SequenceRegression.Forecaster;
import dev.unroll.formats.safetensors.Weights;
import dev.unroll.nn.Seed;
import dev.unroll.train.Adam;
import dev.unroll.train.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Weights of your own model in a safetensors file, named by the record's components. */
public final class SaveAndLoad {
    private SaveAndLoad() {}

    /** Trains a little and saves. */
    public static Forecaster save(Path file) throws IOException {
        var objective = SequenceRegression.objective();
        Training.of(Adam.standard(), 1e-2).steps(10).run(objective);
        Weights.save(objective.model(), file, Map.of("made by", "SaveAndLoad"));
        return objective.model();
    }

    /** Makes a model of the same shape and fills it; the seed plays no part. */
    public static Forecaster load(Path file) throws IOException {
        Forecaster model = Forecaster.of(16, Seed.BLANK);
        Weights.load(model, file);
        return model;
    }

    /** Saves into a file, loads from it, and lists the weights. */
    public static void main(String[] args) throws IOException {
        Path file = Path.of("forecaster.safetensors");
        save(file);
        load(file).parameters().forEach((name, p) -> System.out.println(name + " " + p.shape()));
    }
}
