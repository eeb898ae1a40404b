package dev.unroll.tasks.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tasks.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassNamesTest {
    @TempDir Path folder;

    @Test
    void names_have_the_numbers_of_their_places_and_others_are_refused() throws IOException {
        Path file = folder.resolve("classes.json");
        ClassNames.FILE.write(ClassNames.of(List.of("up", "down")), file);
        ClassNames classes = ClassNames.FILE.read(file);
        assertThat(classes.numbers("frame", List.of("down", "up", "down")))
                .containsExactly(1, 0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classes.number("left"))
                .withMessage("the class is 'left'; the model knows [up, down]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classes.numbers("frame", List.of("up", "left")))
                .withMessage("frame 1 is labelled 'left'; the model knows [up, down]");
    }

    @Test
    void a_name_that_is_there_twice_is_refused() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassNames.of(List.of("up", "up")))
                .withMessageContaining("two classes are named 'up'");
        Path file = Files.writeString(folder.resolve("classes.json"), "[\"up\", \"up\"]");
        assertThatThrownBy(() -> ClassNames.FILE.read(file))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("classes.json is not a JSON array of different names");
    }
}
