package dev.unroll.cli;

import static dev.unroll.cli.Run.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Data of one's own that change after a run was trained on them. */
class ChangedDataTest {
    @TempDir Path folder;

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private JsonNode record() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(folder.resolve("run/data.json")));
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(one -> texts.add(one.asString()));
        return texts;
    }

    @BeforeEach
    void train() throws IOException {
        List<String> rows = new ArrayList<>(List.of("label,text"));
        for (int i = 0; i < 120; i++) {
            rows.add("%s,film %d".formatted(i % 2 == 0 ? "pos" : "neg", i));
        }
        Files.write(folder.resolve("cls.csv"), rows);
        Files.writeString(
                folder.resolve("cls.yaml"),
                """
                task: classify
                data: {file: '%s'}
                tokenizer: {kind: words}
                model: {kind: gru, width: 8, hidden: 8}
                training: {epochs: 1}
                """
                        .formatted(at("cls.csv")));
        done(Run.of("train", at("cls.yaml"), "--run", at("run")));
    }

    private void append() throws IOException {
        Files.writeString(
                folder.resolve("cls.csv"),
                "pos,one more film\nneg,film 1\n",
                StandardOpenOption.APPEND);
    }

    @Test
    void a_run_says_of_its_data_how_many_examples_there_were_and_their_checksum()
            throws IOException {
        JsonNode record = record();
        assertThat(record.path("examples").asInt()).isEqualTo(120);
        assertThat(record.path("checksum").asString()).matches("[0-9a-f]{64}");
        Run unchanged = done(Run.of("evaluate", at("run")));
        assertThat(unchanged.out() + unchanged.err()).doesNotContain("changed");
    }

    @Test
    void rows_that_were_learnt_from_stay_in_the_training_set_when_rows_are_added()
            throws IOException {
        Set<String> learnt = texts(record().path("training"));
        Set<String> tested = texts(record().at("/tests/test"));
        append();
        done(Run.of("train", at("run"), "training.epochs=2"));
        Set<String> testedNow = texts(record().at("/tests/test"));
        assertThat(record().path("examples").asInt()).isEqualTo(122);
        assertThat(testedNow).containsAll(tested).doesNotContainAnyElementsOf(learnt);
        assertThat(texts(record().path("validation"))).doesNotContainAnyElementsOf(learnt);
        assertThat(texts(record().path("training"))).containsAll(learnt);
    }

    @Test
    void a_change_of_the_data_is_told_by_training_and_measuring() throws IOException {
        append();
        Run measured = done(Run.of("evaluate", at("run")));
        assertThat(measured.out() + measured.err())
                .contains("cls.csv: the data have changed")
                .contains("122 examples now, 120 then; 2 are new");
        Run trained = done(Run.of("train", at("run"), "training.epochs=2"));
        assertThat(trained.err()).contains("122 examples now, 120 then; 2 are new");
    }
}
