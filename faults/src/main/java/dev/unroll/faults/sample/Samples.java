package dev.unroll.faults.sample;

import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Trainings of all tasks, and of all families of networks. */
public final class Samples {
    /** Steps between two checkpoints of a sample, at most. */
    public static final int CHECKPOINT_STEPS = 3;

    private static final String[] WORDS =
            "a the red blue small old house tree river bird sees finds under over near".split(" ");

    private Samples() {}

    /** Makes all of them in a folder. */
    public static List<Sample> all(Path folder) throws IOException {
        return List.of(
                classify(folder, "gru", "{kind: gru, width: 8, hidden: 8}", "{every: 4}"),
                classify(folder, "mingru", "{kind: mingru, width: 8, hidden: 8}", "{average: 2}"),
                classify(
                        folder,
                        "transformer",
                        "{kind: transformer, width: 8, heads: 2, layers: 1, feedForward: 16}",
                        "{monitor: accuracy, patience: 9}"),
                translate(folder, "lstm", "{kind: lstm, width: 8, hidden: 8}", "{}"),
                translate(
                        folder,
                        "transformer",
                        "{kind: transformer, width: 8, heads: 2, layers: 1, feedForward: 16,"
                                + " attention: {linear: constant}}",
                        "{average: 3}"),
                generate(folder, "minlstm", "{kind: minlstm, width: 8, hidden: 8}", "{}"),
                generate(
                        folder,
                        "transformer",
                        "{kind: transformer, width: 8, heads: 2, layers: 1, feedForward: 16}",
                        "{every: 5}"),
                tag(folder, "elman", "{kind: elman, width: 8, hidden: 8}", "{every: 2}"),
                tag(
                        folder,
                        "transformer",
                        "{kind: transformer, width: 8, heads: 2, layers: 1, feedForward: 16}",
                        "{}"),
                caption(folder, "gru", "{kind: gru, width: 8, hidden: 8}", "{}"),
                frames(folder, "lstm", "{kind: lstm, width: 8, hidden: 8}", "{}"),
                frames(folder, "mlp", "{kind: mlp, width: 8}", "{average: 2}"),
                regress(folder, "gru", "{kind: gru, width: 8, hidden: 8}", "{}"),
                pairs(folder, "gru", "{kind: gru, width: 8, hidden: 8}", "{}"),
                embed(folder, "bert", "{}"),
                masks(folder, "gru", "{kind: gru}", "{monitor: jaccard}"),
                masks(folder, "transformer", "{kind: transformer}", "{}"));
    }

    private static String training(int epochs, int tokens, String validation) {
        return """
        training:
          epochs: %d
          batchTokens: %d
          learningRate: 0.01
          checkpoint: {steps: %d}
          validation: %s
        """
                .formatted(epochs, tokens, CHECKPOINT_STEPS, validation);
    }

    private static String sentence(int number) {
        int length = 3 + number % 5;
        return IntStream.range(0, length)
                .mapToObj(i -> WORDS[(7 * number + i * (3 + number % 4)) % WORDS.length])
                .reduce((a, b) -> a + " " + b)
                .orElseThrow();
    }

    private static List<String> rows(String header, int count, IntFunction<String> row) {
        return Stream.concat(Stream.of(header), IntStream.range(0, count).mapToObj(row)).toList();
    }

    private static Sample classify(Path folder, String name, String model, String validation)
            throws IOException {
        return Sample.make(
                folder,
                "classify-" + name,
                own ->
                        Files.write(
                                own.resolve("films.csv"),
                                rows(
                                        "text,label",
                                        60,
                                        i ->
                                                "%s %s film,%d"
                                                        .formatted(
                                                                sentence(i),
                                                                i % 3 == 0 ? "good" : "bad",
                                                                i % 3 == 0 ? 1 : 0))),
                """
                task: classify
                data: {file: films.csv, validation: 0.2, test: 0.1}
                tokenizer: {kind: words}
                model: %s
                """
                                .formatted(model)
                        + training(4, 60, validation));
    }

    private static Sample regress(Path folder, String name, String model, String validation)
            throws IOException {
        return Sample.make(
                folder,
                "regress-" + name,
                own ->
                        Files.write(
                                own.resolve("prices.csv"),
                                rows("text,target", 60, i -> sentence(i) + "," + i * i % 17)),
                """
                task: regress
                data: {file: prices.csv, validation: 0.2, test: 0.1}
                tokenizer: {kind: words}
                model: %s
                """
                                .formatted(model)
                        + training(4, 60, validation));
    }

    private static Sample pairs(Path folder, String name, String model, String validation)
            throws IOException {
        return Sample.make(
                folder,
                "pairs-" + name,
                own ->
                        Files.write(
                                own.resolve("pairs.csv"),
                                rows(
                                        "first,second,label",
                                        60,
                                        i ->
                                                "%s,%s,%d"
                                                        .formatted(
                                                                sentence(i),
                                                                sentence(i % 3 == 0 ? i : i + 1),
                                                                i % 3 == 0 ? 1 : 0))),
                """
                task: pairs
                data: {file: pairs.csv, validation: 0.2, test: 0.1}
                tokenizer: {kind: words}
                model: %s
                """
                                .formatted(model)
                        + training(4, 60, validation));
    }

    private static Sample embed(Path folder, String name, String validation) throws IOException {
        Path encoder = Files.createDirectories(folder.resolve("encoder"));
        return Sample.make(
                folder,
                "embed-" + name,
                own -> {
                    SmallEncoder.write(encoder, WORDS);
                    Files.write(
                            own.resolve("pairs.csv"),
                            rows(
                                    "first,second",
                                    60,
                                    i -> "%s,%s".formatted(sentence(i), sentence(i + 60))));
                },
                """
                task: embed
                data: {file: pairs.csv, validation: 0.2, test: 0.1}
                model: {pretrained: '%s'}
                """
                                .formatted(encoder)
                        + training(4, 60, validation));
    }

    private static Sample translate(Path folder, String name, String model, String validation)
            throws IOException {
        return Sample.make(
                folder,
                "translate-" + name,
                own ->
                        Files.write(
                                own.resolve("pairs.tsv"),
                                rows(
                                        "from\tto",
                                        50,
                                        i ->
                                                sentence(i)
                                                        + "\t"
                                                        + new StringBuilder(sentence(i))
                                                                .reverse())),
                """
                task: translate
                data: {file: pairs.tsv, from: from, to: to}
                tokenizer: {kind: words}
                model: %s
                """
                                .formatted(model)
                        + training(4, 90, validation));
    }

    private static Sample generate(Path folder, String name, String model, String validation)
            throws IOException {
        return Sample.make(
                folder,
                "generate-" + name,
                own ->
                        Files.write(
                                own.resolve("novel.txt"),
                                IntStream.range(0, 60).mapToObj(Samples::sentence).toList()),
                """
                task: generate
                data: {file: novel.txt, length: 12}
                tokenizer: {kind: characters}
                model: %s
                """
                                .formatted(model)
                        + training(3, 150, validation));
    }

    private static Sample tag(Path folder, String name, String model, String validation)
            throws IOException {
        return Sample.make(
                folder,
                "tag-" + name,
                own ->
                        Files.write(
                                own.resolve("sentences.csv"),
                                rows(
                                        "words,tags",
                                        50,
                                        i ->
                                                sentence(i)
                                                        + ","
                                                        + sentence(i)
                                                                .replaceAll("\\b\\w{1,3}\\b", "X")
                                                                .replaceAll("\\b\\w{4,}\\b", "Y"))),
                """
                task: tag
                data: {file: sentences.csv, text: words, tags: tags, validation: 0.1, test: 0.1}
                model: %s
                """
                                .formatted(model)
                        + training(4, 40, validation));
    }

    private static Image picture(int number) {
        float[] values = new float[64];
        Arrays.fill(values, number, 64, 1);
        return new Image(8, 8, 1, values);
    }

    private static Sample caption(Path folder, String name, String model, String validation)
            throws IOException {
        return Sample.make(
                folder,
                "caption-" + name,
                own -> {
                    Path images = Files.createDirectory(own.resolve("images"));
                    for (int i = 0; i < 40; i++) {
                        ImageFile.write(images.resolve("p" + i + ".png"), picture(i));
                    }
                    Files.write(
                            own.resolve("captions.csv"),
                            rows(
                                    "file,caption",
                                    40,
                                    i ->
                                            "p%d.png,%s"
                                                    .formatted(
                                                            i,
                                                            i < 20
                                                                    ? "a dark image"
                                                                    : "much light")));
                },
                """
                task: caption
                data: {folder: images, captions: captions.csv, file: file, caption: caption,
                  validation: 0.1, test: 0.1}
                image: {size: 8, colour: false, width: 8, stages: 1,
                  changes: {geometry: {shift: 0.2}}}
                tokenizer: {kind: words}
                model: %s
                """
                                .formatted(model)
                        + training(3, 20, validation));
    }

    private static Sample frames(Path folder, String name, String model, String validation)
            throws IOException {
        return Sample.make(
                folder,
                "label-frames-" + name,
                own ->
                        Files.write(
                                own.resolve("frames.csv"),
                                rows(
                                        "x,y,phase,film",
                                        160,
                                        i ->
                                                "%d,%d,%s,film%d"
                                                        .formatted(
                                                                i % 7,
                                                                i * i % 11,
                                                                i % 7 < 3 ? "on" : "off",
                                                                i / 40))),
                """
                task: label-frames
                data: {file: frames.csv, columns: [x, y], label: phase, video: film,
                  heldOut: [film3], window: 8}
                model: %s
                """
                                .formatted(model)
                        + training(4, 24, validation));
    }

    /** A white square that moves over black; its mask is itself. */
    private static Image square(int video, int time) {
        float[] values = new float[24 * 16 * 3];
        for (int y = 2 + video; y < 8 + video; y++) {
            for (int x = time; x < 6 + time; x++) {
                Arrays.fill(values, 3 * (y * 24 + x), 3 * (y * 24 + x) + 3, 1);
            }
        }
        return new Image(24, 16, 3, values);
    }

    private static Sample masks(Path folder, String name, String model, String validation)
            throws IOException {
        return Sample.make(
                folder,
                "segment-masks-" + name,
                own -> {
                    for (String kind : List.of("frames", "masks")) {
                        for (int video = 0; video < 3; video++) {
                            Path frames = own.resolve(kind).resolve("video" + video);
                            Files.createDirectories(frames);
                            for (int time = 0; time < 14; time++) {
                                ImageFile.write(
                                        frames.resolve("%05d.png".formatted(time)),
                                        square(video, time));
                            }
                        }
                    }
                },
                """
                task: segment-masks
                data: {frames: frames, masks: masks, heldOut: [video2], width: 24, height: 16,
                  length: 3, batch: 2, batches: 5}
                channels: 4
                model: %s
                """
                                .formatted(model)
                        + training(4, 4096, validation));
    }

    /** {@return as many samples as there are, the first ones of each task before the others} */
    public static List<Sample> oneOfEach(List<Sample> all) {
        List<Sample> some = new ArrayList<>();
        for (Sample sample : all) {
            String task = sample.task();
            if (some.stream().noneMatch(one -> one.name().startsWith(task + "-"))) {
                some.add(sample);
            }
        }
        return some;
    }
}
