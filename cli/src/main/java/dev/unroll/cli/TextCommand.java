package dev.unroll.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;

/**
 * A sub-command that answers texts with a run's model. People see each answer as soon as it is
 * there; with {@code --json} all of them are one object.
 *
 * @param <T> the answer to a text, or to a part of one
 */
abstract class TextCommand<T> extends RunCommand {
    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TEXT|-|FILE",
            description = "A text, a file or pipe with a text a line, or - for standard input.")
    String what = "-";

    /** Shows an answer to people. */
    abstract void show(T one);

    /**
     * Answers all texts, those together that are there already.
     *
     * @param answers to some texts
     * @param all answers as the JSON object
     */
    final void answer(Function<List<String>, Stream<T>> answers, Function<List<T>, Record> all)
            throws IOException {
        List<T> found = new ArrayList<>();
        try (InputLines lines = InputLines.of(what)) {
            for (List<String> few = lines.next(); !few.isEmpty(); few = lines.next()) {
                answers.apply(few)
                        .forEach(
                                one -> {
                                    if (answer.json) {
                                        found.add(one);
                                    } else {
                                        show(one);
                                    }
                                });
            }
        }
        if (answer.json) {
            answer.give(all.apply(found), "");
        }
    }
}
