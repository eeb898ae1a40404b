package dev.unroll.onnx;

import java.util.List;

/** The value of an attribute of a node. */
public sealed interface OnnxAttribute {

    /**
     * A real number.
     *
     * @param value the number
     */
    record Real(float value) implements OnnxAttribute {}

    /**
     * A whole number; also what stands for true (1) and false (0).
     *
     * @param value the number
     */
    record Whole(long value) implements OnnxAttribute {}

    /**
     * A text.
     *
     * @param value the text
     */
    record Text(String value) implements OnnxAttribute {}

    /**
     * An array.
     *
     * @param value the array
     */
    record Constant(OnnxTensor value) implements OnnxAttribute {}

    /**
     * A graph within the graph, such as a branch.
     *
     * @param value the graph
     */
    record Subgraph(OnnxGraph value) implements OnnxAttribute {}

    /**
     * Real numbers.
     *
     * @param values the numbers
     */
    record Reals(List<Float> values) implements OnnxAttribute {
        /** Copies the list. */
        public Reals {
            values = List.copyOf(values);
        }
    }

    /**
     * Whole numbers.
     *
     * @param values the numbers
     */
    record Wholes(List<Long> values) implements OnnxAttribute {
        /** Copies the list. */
        public Wholes {
            values = List.copyOf(values);
        }
    }

    /**
     * Texts.
     *
     * @param values the texts
     */
    record Texts(List<String> values) implements OnnxAttribute {
        /** Copies the list. */
        public Texts {
            values = List.copyOf(values);
        }
    }

    /**
     * A value of another kind, such as a sparse tensor, which is not read.
     *
     * @param kind ONNX's number for it
     */
    record Other(long kind) implements OnnxAttribute {}
}
