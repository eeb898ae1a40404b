package dev.unroll.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.DataException;
import dev.unroll.data.Pair;
import dev.unroll.data.table.TextLines;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairSetTest {

    @TempDir Path folder;

    @Test
    void files_of_unequal_length_do_not_belong_together() throws IOException {
        TextLines two = lines("a.txt", "eins\nzwei\n");
        TextLines three = lines("b.txt", "one\ntwo\nthree\n");
        assertThatThrownBy(() -> Multi30k.pairs(two, three))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("a.txt has 2 lines", "b.txt has 3");
    }

    @Test
    void a_line_without_a_tab_is_no_pair() throws IOException {
        TextLines lines = lines("fra.txt", "Go.\tVa !\nRun!\n");
        assertThatThrownBy(() -> Tatoeba.pairs(lines))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("fra.txt, line 2: expected an English sentence, a tab");
    }

    @Test
    void authors_in_a_third_column_are_not_text() throws IOException {
        TextLines lines = lines("fra.txt", "Go.\tVa !\tCC-BY 2.0\n");
        assertThat(Tatoeba.pairs(lines)).containsExactly(new Pair("Go.", "Va !"));
    }

    private TextLines lines(String name, String text) throws DataException {
        return TextLines.of(new Packed(folder).plain(name, text));
    }
}
