package dev.unroll.cli;

import dev.unroll.tasks.registry.Tasks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code unroll recipes}: which recipes come with Unroll. */
@Command(
        name = "recipes",
        description = {
            "Lists the recipes that come with Unroll, with the task of each and what it shows.",
            "unroll train NAME trains one."
        })
final class RecipeList extends Subcommand {

    /**
     * A recipe.
     *
     * @param name as for {@code unroll train}
     * @param task that it is for
     * @param about what the comment at its beginning says first
     */
    record Listed(String name, String task, String about) {}

    /** All of them. */
    record Listing(List<Listed> recipes) {}

    @Override
    public Integer call() throws IOException {
        List<Listed> all = new ArrayList<>();
        for (String name : BundledRecipes.names()) {
            String text = String.valueOf(BundledRecipes.text(name));
            String task = Tasks.of(Tasks.parse(text, List.of(), name, new ArrayList<>())).name();
            all.add(new Listed(name, task, about(text)));
        }
        int longest = all.stream().mapToInt(one -> one.name().length()).max().orElse(0);
        answer.give(
                new Listing(all),
                all.stream()
                        .map(
                                one ->
                                        ("%-" + longest + "s  %-13s  %s")
                                                .formatted(one.name(), one.task(), one.about()))
                        .collect(Collectors.joining(System.lineSeparator())));
        return 0;
    }

    /** The first sentence of the comment at the beginning. */
    private static String about(String text) {
        String comment =
                text.lines()
                        .takeWhile(line -> line.startsWith("#"))
                        .map(line -> line.substring(1).strip())
                        .collect(Collectors.joining(" "));
        int end = comment.indexOf(". ");
        return end < 0 ? comment : comment.substring(0, end + 1);
    }
}
