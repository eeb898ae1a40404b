package dev.unroll.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theListNamesEveryWorkOnce() {
        assertThat(run("--list")).isZero();

        List<String> names = out.toString().lines().toList();
        assertThat(names).doesNotHaveDuplicates().contains("lstm-train-32x64x256x1000");
    }

    @Test
    void aFamilyListsOnlyItsOwnWorks() {
        assertThat(run("--list", "recurrent")).isZero();

        assertThat(out.toString().lines()).isNotEmpty().allMatch(name -> name.contains("-train-"));
    }

    @Test
    void anUnknownWorkIsRefusedAndTheWayToTheNamesIsTold() {
        assertThat(run("lstn")).isEqualTo(2);

        assertThat(err.toString()).contains("'lstn'").contains("--list");
    }

    @Test
    void anUnknownCaseOfLatenciesIsRefusedAndAllCasesAreTold() {
        assertThat(run("--latency", "one of 256")).isEqualTo(2);

        assertThat(err.toString()).contains("'one of 256'").contains("single256-1-1");
    }

    private int run(String... arguments) {
        return new CommandLine(new Bench())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
