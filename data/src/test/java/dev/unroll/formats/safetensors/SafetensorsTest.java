package dev.unroll.formats.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir Path folder;

    private static Safetensors.Array array(int[] shape, float... values) {
        return new Safetensors.Array(shape, values);
    }

    private static Safetensors example() {
        Map<String, Safetensors.Array> arrays = new LinkedHashMap<>();
        arrays.put("b.weight", array(new int[] {2, 3}, 1, -2, 3.5f, Float.NaN, 5, 6));
        arrays.put("a.ü\"", array(new int[] {}, Float.MIN_VALUE));
        arrays.put("none", array(new int[] {0, 7}));
        return new Safetensors(arrays, Map.of("tool", "Unroll \n ü"));
    }

    /** A file with this header and so many bytes of numbers. */
    private Path file(String header, byte... numbers) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + json.length + numbers.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .put(numbers);
        return raw(bytes.array());
    }

    private Path raw(byte... bytes) {
        try {
            return Files.write(folder.resolve("hostile.safetensors"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_is_written_is_read_back() throws IOException {
        Path file = folder.resolve("new/folder/model.safetensors");
        example().write(file);
        Safetensors read = Safetensors.read(file);
        assertThat(read.metadata()).isEqualTo(example().metadata());
        assertThat(read.arrays()).containsOnlyKeys(example().arrays().keySet());
        example()
                .arrays()
                .forEach(
                        (name, array) -> {
                            Safetensors.Array other = array(read, name);
                            assertThat(other.shape()).isEqualTo(array.shape());
                            assertThat(other.values()).isEqualTo(array.values());
                        });
    }

    @Test
    void long_arrays_are_written_whole() throws IOException {
        float[] values = new float[1_100_003]; // more than are read or written at a time
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Path file = folder.resolve("long");
        new Safetensors(Map.of("x", array(new int[] {values.length}, values)), Map.of())
                .write(file);
        assertThat(values(file, "x")).isEqualTo(values);
        Path weights = folder.resolve("weights");
        Safetensors.save(weights, Map.of("x", Parameter.of(values, values.length)), Map.of());
        assertThat(weights).hasSameBinaryContentAs(file);
    }

    /** Written out by hand from the format's description. */
    @Test
    void the_bytes_are_the_formats() throws IOException {
        Path file = folder.resolve("golden");
        new Safetensors(Map.of("x", array(new int[] {1, 2}, 1, -2)), Map.of("k", "v")).write(file);
        String header =
                "{\"__metadata__\":{\"k\":\"v\"},"
                        + "\"x\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
        byte[] json =
                (header + " ".repeat(87 - header.length() + 1)).getBytes(StandardCharsets.US_ASCII);
        assertThat(json).hasSize(88);
        ByteBuffer expected = ByteBuffer.allocate(8 + 88 + 8);
        expected.put(new byte[] {88, 0, 0, 0, 0, 0, 0, 0});
        expected.put(json);
        expected.put(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0});
        assertThat(Files.readAllBytes(file)).isEqualTo(expected.array());
    }

    @Test
    void numbers_of_other_widths_are_read() throws IOException {
        ByteBuffer numbers =
                ByteBuffer.allocate(8 + 4 + 4).order(ByteOrder.LITTLE_ENDIAN).putDouble(-0.1);
        numbers.putShort((short) 0x3c01).putShort((short) 0xfc00); // F16: 1 + 2⁻¹⁰, −∞
        numbers.putShort((short) 0x3f81).putShort((short) 0x7fc0); // BF16: 1 + 2⁻⁷, NaN
        Path file =
                file(
                        """
                        {"d": {"dtype": "F64", "shape": [1], "data_offsets": [0, 8]},
                         "h": {"dtype": "F16", "shape": [2], "data_offsets": [8, 12]},
                         "b": {"dtype": "BF16", "shape": [2, 1], "data_offsets": [12, 16]}}
                        """,
                        numbers.array());
        assertThat(values(file, "d")).containsExactly(-0.1f);
        assertThat(values(file, "h")).containsExactly(1 + 0x1p-10f, Float.NEGATIVE_INFINITY);
        assertThat(values(file, "b")).containsExactly(1 + 0x1p-7f, Float.NaN);
    }

    private static float[] values(Path file, String name) throws IOException {
        return array(Safetensors.read(file), name).values();
    }

    private static Safetensors.Array array(Safetensors file, String name) {
        return Objects.requireNonNull(file.arrays().get(name), name);
    }

    @Test
    void arrays_of_whole_numbers_are_no_weights_and_are_passed_over_by_name() throws IOException {
        String header =
                """
                {"embeddings.position_ids":{"dtype":"I64","shape":[1,2],"data_offsets":[0,16]},
                "mask":{"dtype":"BOOL","shape":[4],"data_offsets":[16,20]},
                "weight":{"dtype":"F32","shape":[1],"data_offsets":[20,24]}}\
                """;
        Safetensors read = Safetensors.read(file(header, new byte[24]));
        assertThat(read.arrays()).containsOnlyKeys("weight");
        assertThat(read.passedOver()).containsExactly("embeddings.position_ids", "mask");
    }

    @Test
    void the_order_of_the_header_is_not_that_of_the_numbers() throws IOException {
        Path file =
                file(
                        """
                        {"second": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]},
                         "first": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]},
                         "empty": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}}
                        """,
                        new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0});
        assertThat(values(file, "first")).containsExactly(1);
        assertThat(values(file, "second")).containsExactly(-2);
        assertThat(values(file, "empty")).isEmpty();
    }

    record Hostile(String what, String header, int numbers, String message) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static String one(String dtype, String shape, String offsets) {
        return "{\"x\":{\"dtype\":%s,\"shape\":%s,\"data_offsets\":%s}}"
                .formatted(dtype, shape, offsets);
    }

    static Stream<Hostile> hostile() {
        String f = "\"F32\"";
        return Stream.of(
                new Hostile("no object", "[1, 2]", 0, "the header is not a JSON object"),
                new Hostile("no JSON", "{\"x\": nonsense}", 0, "the header is not JSON"),
                new Hostile("cut JSON", "{\"x\": {\"dtype\"", 0, "the header is not JSON"),
                new Hostile("more after the object", "{} {}", 0, "the header is not JSON"),
                new Hostile("deep JSON", "[".repeat(100_000), 0, "the header is not JSON"),
                new Hostile(
                        "the same name twice",
                        one(f, "[1]", "[0,4]").replace("}}", "},")
                                + one(f, "[1]", "[0,4]").substring(1),
                        4,
                        "Duplicate"),
                new Hostile(
                        "an unknown format", one("\"F8_E4M3\"", "[1]", "[0,1]"), 1, "'F8_E4M3'"),
                new Hostile("a format that is a number", one("7", "[1]", "[0,4]"), 4, "'x'"),
                new Hostile("no format", "{\"x\":{\"shape\":[1]}}", 4, "'x'"),
                new Hostile("an array that is none", "{\"x\": 3}", 0, "'x'"),
                new Hostile("an array that is null", "{\"x\": null}", 0, "'x'"),
                new Hostile("a shape that is an object", one(f, "{\"a\":1}", "[0,4]"), 4, "'x'"),
                new Hostile("a shape that is a number", one(f, "1", "[0,4]"), 4, "'x'"),
                new Hostile("a shape of text", one(f, "[\"1\"]", "[0,4]"), 4, "'x'"),
                new Hostile("a broken size", one(f, "[1.5]", "[0,4]"), 4, "'x'"),
                new Hostile("a negative size", one(f, "[-1]", "[0,4]"), 4, "'x'"),
                new Hostile("two negative sizes", one(f, "[-1,-1]", "[0,4]"), 4, "'x'"),
                new Hostile("a huge size", one(f, "[99999999999]", "[0,4]"), 4, "'x'"),
                new Hostile(
                        "sizes whose product wraps around",
                        one(f, "[2147483647,2147483647,2147483647]", "[0,4]"),
                        4,
                        "'x'"),
                new Hostile("one offset", one(f, "[1]", "[0]"), 4, "'x'"),
                new Hostile("three offsets", one(f, "[1]", "[0,4,8]"), 4, "'x'"),
                new Hostile("offsets that are an object", one(f, "[1]", "{\"a\":1}"), 4, "'x'"),
                new Hostile("negative offsets", one(f, "[1]", "[-4,0]"), 4, "'x'"),
                new Hostile("offsets backwards", one(f, "[1]", "[4,0]"), 4, "'x'"),
                new Hostile("too few bytes for the shape", one(f, "[2]", "[0,4]"), 4, "'x'"),
                new Hostile("beyond the end", one(f, "[2]", "[0,8]"), 4, "'x'"),
                new Hostile("numbers too many", one(f, "[1]", "[0,4]"), 5, "5 bytes of numbers"),
                new Hostile("a hole in front", one(f, "[1]", "[4,8]"), 8, "expected from 0"),
                new Hostile(
                        "a hole between",
                        """
                        {"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]},
                         "b": {"dtype": "F32", "shape": [1], "data_offsets": [8, 12]}}
                        """,
                        12,
                        "'b' lies at bytes 8 to 12, expected from 4"),
                new Hostile(
                        "arrays that overlap",
                        """
                        {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
                         "b": {"dtype": "F32", "shape": [2], "data_offsets": [4, 12]}}
                        """,
                        12,
                        "'b' lies at bytes 4 to 12, expected from 8"),
                new Hostile(
                        "metadata that is text",
                        "{\"__metadata__\": \"hello\"}",
                        0,
                        "__metadata__"),
                new Hostile(
                        "metadata that is not text",
                        "{\"__metadata__\": {\"a\": {\"b\": 1}}}",
                        0,
                        "__metadata__"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void a_file_that_lies_is_refused(Hostile hostile) {
        Path file = file(hostile.header(), new byte[hostile.numbers()]);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("hostile.safetensors")
                .hasMessageContaining(hostile.message());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 100, 100_000_001, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void a_header_length_that_cannot_be_is_refused(long length) {
        byte[] bytes =
                ByteBuffer.allocate(10)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(length)
                        .put((byte) '{')
                        .put((byte) '}')
                        .array();
        assertThatThrownBy(() -> Safetensors.read(raw(bytes)))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("a header of " + length + " bytes in a file of 10");
    }

    @Test
    void a_file_cut_anywhere_is_refused() throws IOException {
        Path whole = folder.resolve("whole");
        example().write(whole);
        byte[] bytes = Files.readAllBytes(whole);
        for (int n = 0; n < bytes.length; n++) {
            Path cut = raw(Arrays.copyOf(bytes, n));
            assertThatThrownBy(() -> Safetensors.read(cut))
                    .as("%d of %d bytes", n, bytes.length)
                    .isInstanceOf(WeightsException.class);
        }
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> Safetensors.read(folder.resolve("nowhere")))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("there is no file")
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> Safetensors.read(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("there is no file");
    }

    @Test
    void numbers_that_do_not_fill_their_shape_are_not_written() {
        assertThatThrownBy(() -> array(new int[] {2, 2}, 1, 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 numbers do not fill [2, 2]");
    }

    @Test
    void writing_replaces_the_file_and_leaves_nothing_else() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Files.writeString(file, "old");
        example().write(file);
        assertThat(Safetensors.read(file).arrays()).hasSize(3);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void the_pretrained_transformer_of_aren_is_read() throws IOException {
        Path file =
                Path.of(System.getenv().getOrDefault("UNROLL_DATA", ""))
                        .resolve("aren/model.safetensors");
        Assumptions.assumeThat(file)
                .as("the data set 'aren' in the folder named by UNROLL_DATA")
                .isRegularFile();
        Safetensors read = Safetensors.read(file);
        assertThat(read.arrays()).hasSize(200);
        assertThat(array(read, "decoder/embeddings/weight").shape()).containsExactly(43, 32);
        for (Safetensors.Array array : read.arrays().values()) {
            for (float value : array.values()) {
                assertThat(value).isFinite().isBetween(-100f, 100f);
            }
        }
    }
}
