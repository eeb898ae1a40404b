package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.data.fetch.DataFolders;
import dev.unroll.data.fetch.DataFolders.Place;
import dev.unroll.data.sets.DataSet;
import dev.unroll.data.sets.DataSets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DataTest {

    @Test
    void list_tells_of_each_set_what_it_is_and_where_it_is() {
        Run run = Run.of("data", "list");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        for (DataSet set : DataSets.published()) {
            assertThat(run.out())
                    .contains(set.about().name(), set.about().what(), set.about().licence());
        }
    }

    @Test
    void list_answers_programs_with_one_object() {
        Run run = Run.of("data", "list", "--json");
        JsonNode sets = JsonMapper.shared().readTree(run.out()).get("sets");
        assertThat(sets).hasSameSizeAs(DataSets.published());
        assertThat(sets.get(0).get("name").asString()).isEqualTo("multi30k");
        assertThat(sets.get(0).get("bytes").asLong()).isEqualTo(1_945_824);
        assertThat(sets.get(0).get("place").asString()).isIn("GIVEN", "CACHE", "ABSENT");
    }

    @Test
    void fetch_leaves_alone_what_is_here() {
        DataSet set = DataSets.named(DataSet.class, "multi30k");
        assumeTrue(
                DataFolders.standard().place(set.about()) != Place.ABSENT,
                "needs the data set multi30k, in UNROLL_DATA or the cache");
        Run run = Run.of("data", "fetch", "multi30k", "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(JsonMapper.shared().readTree(run.out()).get("files"))
                .hasSameSizeAs(set.about().files());
    }

    @Test
    void an_unknown_set_is_wrong_usage_and_the_known_ones_are_named() {
        Run run = Run.of("data", "fetch", "multi31k");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'multi31k'", "multi30k, tatoeba-en-fr");
    }

    @Test
    void data_alone_is_wrong_usage() {
        Run run = Run.of("data");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("list or fetch");
    }
}
