package dev.unroll.bench.tokenize;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * SentencePiece's own programs, where the system has them (Debian's package {@code sentencepiece}).
 *
 * @param folder where they work
 */
record SentencePieceProgram(Path folder) {

    /** {@return whether they are on the path} */
    static boolean isInstalled() {
        try {
            return new ProcessBuilder("spm_encode", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** {@return a model of lines, trained with these options} */
    Path train(List<String> lines, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of("spm_train"));
        command.add("--input=" + write("train.txt", lines));
        command.add("--model_prefix=" + folder.resolve("trained"));
        command.addAll(options);
        run(command);
        return folder.resolve("trained.model");
    }

    /** {@return the pieces of each text; a text has no line feed} */
    List<int[]> ids(Path model, List<String> texts) throws IOException {
        return filtered(List.of("spm_encode", "--output_format=id"), model, texts).stream()
                .map(
                        line ->
                                line.isEmpty()
                                        ? new int[0]
                                        : Arrays.stream(line.split(" ", -1))
                                                .mapToInt(Integer::parseInt)
                                                .toArray())
                .toList();
    }

    /** {@return the text of each row of pieces} */
    List<String> texts(Path model, List<int[]> ids) throws IOException {
        List<String> rows =
                ids.stream()
                        .map(
                                row ->
                                        IntStream.of(row)
                                                .mapToObj(Integer::toString)
                                                .collect(Collectors.joining(" ")))
                        .toList();
        return filtered(List.of("spm_decode", "--input_format=id"), model, rows);
    }

    /** {@return the pieces of a model in the order of their ids} */
    List<String> pieces(Path model) throws IOException {
        return filtered(List.of("spm_export_vocab"), model, List.of()).stream()
                .map(line -> line.substring(0, line.lastIndexOf('\t')))
                .toList();
    }

    private List<String> filtered(List<String> program, Path model, List<String> lines)
            throws IOException {
        Path out = folder.resolve("out.txt");
        List<String> command = new ArrayList<>(program);
        command.add("--model=" + model);
        command.add("--output=" + out);
        if (!lines.isEmpty()) {
            command.add(write("in.txt", lines).toString());
        }
        run(command);
        String text = Files.readString(out);
        return List.of(text.substring(0, text.length() - 1).split("\n", -1));
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.writeString(
                folder.resolve(name), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    }

    private void run(List<String> command) throws IOException {
        Path said = folder.resolve("said.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + Files.readString(said));
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(command + ": interrupted", e);
        }
    }
}
