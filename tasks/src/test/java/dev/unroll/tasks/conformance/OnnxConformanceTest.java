package dev.unroll.tasks.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.Rotary;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unroll's layers and operations against the conformance cases of ONNX's operators. */
@WantsData("onnx-vectors")
class OnnxConformanceTest {
    private static final Path REPORT = Path.of("..", "docs", "conformance.md");

    /** What numbers may differ by, per unit of the larger. */
    private static final double TOLERANCE = 1e-5;

    /** Where the expected numbers were rounded to 16 bits. */
    private static final double HALF_TOLERANCE = 2e-3;

    /** Read and computed once for all tests. */
    private static final Map<String, OnnxCase> CASES = new LinkedHashMap<>();

    private static final Map<String, OnnxAnswer> ANSWERS = new HashMap<>();

    private static Stream<OnnxCase> cases() {
        Path folder = WantsData.Folder.of("onnx-vectors");
        return OnnxCase.index(folder).values().stream()
                .flatMap(List::stream)
                .map(name -> CASES.computeIfAbsent(name, n -> OnnxCase.read(folder, n)));
    }

    private static OnnxAnswer answer(OnnxCase given) {
        return ANSWERS.computeIfAbsent(given.name(), _ -> OnnxOperators.answer(given));
    }

    static Stream<Named<OnnxCase>> computed() {
        return cases().filter(c -> answer(c) instanceof OnnxAnswer.Computed)
                .map(c -> Named.of(c.operator() + " " + c.name(), c));
    }

    @ParameterizedTest
    @MethodSource("computed")
    void gives_what_the_case_expects(OnnxCase given) {
        switch (answer(given)) {
            case OnnxAnswer.LeftOut(String reason) -> throw new AssertionError(reason);
            case OnnxAnswer.Computed(String through, Map<String, Tensor> outputs) -> {
                int compared = 0;
                for (Map.Entry<String, OnnxCase.Array> expected : given.outputs().entrySet()) {
                    Tensor actual = outputs.get(expected.getKey());
                    if (actual != null) {
                        compare(expected.getKey(), actual, expected.getValue());
                        compared++;
                    }
                }
                assertThat(compared).as("outputs compared").isPositive();
            }
        }
    }

    private static void compare(String name, Tensor actual, OnnxCase.Array expected) {
        assertThat(actual.shape().dims()).as(name).isEqualTo(expected.dims());
        float[] values = actual.toArray();
        double tolerance = expected.half() ? HALF_TOLERANCE : TOLERANCE;
        for (int i = 0; i < values.length; i++) {
            float wanted = expected.values()[i];
            boolean close =
                    Math.abs((double) values[i] - wanted)
                            <= tolerance * Math.max(1, Math.abs(wanted));
            assertThat(close || values[i] == wanted)
                    .as("%s, element %d: %s instead of %s", name, i, values[i], wanted)
                    .isTrue();
        }
    }

    @Test
    void every_case_stands_in_the_report_as_run_or_with_the_reason_why_not() throws IOException {
        String expected = OnnxReport.of(cases().toList(), OnnxConformanceTest::answer);
        String actual = Files.isRegularFile(REPORT) ? Files.readString(REPORT) : "";
        if (!actual.equals(expected)) {
            Path fresh = Files.writeString(Path.of("target", "conformance.md"), expected);
            assertThat(actual)
                    .as("docs/conformance.md; what it should be is in %s", fresh.toAbsolutePath())
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rotary_positions_are_the_formula_that_the_cases_hold(boolean interleaved) {
        int heads = 3;
        int width = 8;
        int pairs = 3; // the last two of each head stay
        int[] positions = {0, 1, 5, 1000};
        Random random = new Random(1);
        float[] values = new float[positions.length * heads * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        Tensor x = Tensor.of(values, positions.length, heads * width);
        float[] angles = new float[positions.length * pairs];
        for (int i = 0; i < angles.length; i++) {
            double frequency = Math.pow(100, -(double) (i % pairs) / pairs);
            angles[i] = (float) (positions[i / pairs] * frequency);
        }
        Tensor table = Tensor.of(angles, positions.length, 1, pairs);
        Tensor expected =
                OnnxRotary.turned(
                                x.reshape(positions.length, heads, width),
                                table.cos(),
                                table.sin(),
                                interleaved)
                        .reshape(positions.length, heads * width);
        Tensor actual = Rotary.rotate(x, positions, heads, 2 * pairs, 100, interleaved);
        float[] wanted = expected.toArray();
        for (int i = 0; i < wanted.length; i++) {
            assertThat(actual.toArray()[i]).isCloseTo(wanted[i], Offset.offset(1e-4f));
        }
    }
}
