package dev.unroll.bench.recurrent;

import dev.unroll.bench.Work;
import java.util.ArrayList;
import java.util.List;

/** Whole training steps of language models with one recurrent layer. */
public final class RecurrentWorks {
    private RecurrentWorks() {}

    private static final List<Size> SIZES =
            List.of(
                    new Size(32, 64, 128, 100),
                    new Size(32, 64, 256, 1000),
                    new Size(20, 35, 650, 10000),
                    new Size(64, 128, 512, 100));

    /** All of them. */
    public static List<Work> all() {
        List<Work> works = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Size size : SIZES) {
                works.add(
                        Work.pytorch(
                                kind.word() + "-train-" + size,
                                "tokens/s",
                                size.tokens(),
                                () -> LanguageModelTraining.unroll(kind, size),
                                () -> LanguageModelTraining.pytorch(kind, size)));
            }
        }
        for (Size size : SIZES) {
            works.add(
                    new Work(
                            "djl-lstm-train-" + size,
                            "djl",
                            "tokens/s",
                            size.tokens(),
                            () -> LanguageModelTraining.unroll(Kind.LSTM, size),
                            () -> DjlLstm.start(size),
                            List.of(1, 2),
                            1e-3));
        }
        return works;
    }
}
