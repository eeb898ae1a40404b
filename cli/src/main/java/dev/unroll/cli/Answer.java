package dev.unroll.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code --json}: a command's answer, for people or for programs. For programs it is exactly one
 * JSON object on standard output, {@code {"error": ...}} when the command fails, and everything
 * else goes to standard error.
 */
final class Answer {

    /** The name under which commands mix this in. */
    static final String NAME = "answer";

    @Option(names = "--json", description = "Answer with one JSON object.")
    boolean json;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    /** The answer of this command, where it has one. */
    static Optional<Answer> of(CommandLine command) {
        return Optional.ofNullable(command.getCommandSpec().mixins().get(NAME))
                .map(mixin -> (Answer) mixin.userObject());
    }

    /** {@return the stream for people, which is never the one of the JSON object} */
    PrintWriter people() {
        CommandLine line = command.commandLine();
        return json ? line.getErr() : line.getOut();
    }

    /**
     * Gives the answer, once.
     *
     * @param figures a record whose components become the JSON object's fields
     * @param text the same for people
     */
    void give(Record figures, String text) {
        if (json) {
            print(figures);
        } else {
            people().println(text.stripTrailing());
        }
    }

    /**
     * Gives the answer, once.
     *
     * @param figures the JSON object
     * @param text the same for people
     */
    void give(ObjectNode figures, String text) {
        if (json) {
            print(figures);
        } else {
            people().println(text.stripTrailing());
        }
    }

    void failed(String why) {
        if (json) {
            print(Map.of("error", why));
        }
    }

    private void print(Object figures) {
        command.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(figures));
    }
}
