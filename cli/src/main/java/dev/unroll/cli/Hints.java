package dev.unroll.cli;

import dev.unroll.data.DataException;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.text.Vocabulary;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Commands to go on with. */
final class Hints {
    private Hints() {}

    /** The command that uses a run's model. */
    static String use(Recipe recipe, RunFolder run) {
        Path folder = run.directory();
        return switch (Tasks.of(recipe).name()) {
            case "translate" -> "unroll translate %s \"...\"".formatted(folder);
            case "classify" -> "unroll classify %s \"...\"".formatted(folder);
            case "regress" -> "unroll regress %s \"...\"".formatted(folder);
            case "pairs" -> "unroll pair %s \"...\" \"...\"".formatted(folder);
            case "embed" -> "unroll embed %s \"...\" --similar FILE".formatted(folder);
            case "generate" -> "unroll generate %s --prompt \"...\"".formatted(folder);
            case "tag" -> "unroll tag %s \"...\"".formatted(folder);
            case "caption" -> "unroll caption %s IMAGE".formatted(folder);
            case "label-frames" -> "unroll segment %s FILE".formatted(folder);
            case "segment-masks" -> "unroll segment %s FOLDER".formatted(folder);
            default -> "unroll evaluate %s".formatted(folder);
        };
    }

    /** {@return the advice after the message on a run that cannot be used; may be empty} */
    static String remedy(RunException e) {
        Object run = e.run().<Object>map(folder -> folder).orElse("RUN");
        return e.reason()
                .map(
                        reason ->
                                switch (reason) {
                                    case NO_RUN -> "; train one with 'unroll train RECIPE'";
                                    case NO_MODEL ->
                                            "; finish it with 'unroll train %s'".formatted(run);
                                    case OTHER_TASK -> "; see 'unroll inspect %s'".formatted(run);
                                    case OTHER_RECIPE ->
                                            "; train another run for that, in another folder"
                                                    + " (--run), or remove this one";
                                })
                .orElse("");
    }

    /** {@return what is said of words of a text that a model does not know, one or more} */
    static String unknown(List<String> words) {
        return "not in the model's vocabulary, and read as %s: '%s'"
                .formatted(
                        Vocabulary.UNKNOWN,
                        words.stream().distinct().limit(10).collect(Collectors.joining("', '")));
    }

    /** {@return the advice after the message on data that cannot be used; may be empty} */
    static String remedy(DataException e) {
        return e.newRelease()
                .map(
                        set ->
                                ". To use it all the same: unroll data fetch %s --accept-new-release"
                                        .formatted(set))
                .orElse("");
    }
}
