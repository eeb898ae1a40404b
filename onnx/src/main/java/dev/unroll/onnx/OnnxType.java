package dev.unroll.onnx;

import java.util.Arrays;

/** The number formats of ONNX's tensors that Unroll reads or names. */
public enum OnnxType {
    /** Real numbers of 32 bits. */
    FLOAT(1, 4),
    /** Whole numbers from 0 to 255. */
    UINT8(2, 1),
    /** Whole numbers from −128 to 127. */
    INT8(3, 1),
    /** Whole numbers from 0 to 65,535. */
    UINT16(4, 2),
    /** Whole numbers of 16 bits. */
    INT16(5, 2),
    /** Whole numbers of 32 bits. */
    INT32(6, 4),
    /** Whole numbers of 64 bits. */
    INT64(7, 8),
    /** Texts, which are not read. */
    STRING(8, 0),
    /** True and false. */
    BOOL(9, 1),
    /** Real numbers of 16 bits, 5 of them for the exponent. */
    FLOAT16(10, 2),
    /** Real numbers of 64 bits, which are rounded to 32. */
    DOUBLE(11, 8),
    /** Whole numbers of 32 bits without a sign. */
    UINT32(12, 4),
    /** Whole numbers of 64 bits without a sign. */
    UINT64(13, 8),
    /** Real numbers of 16 bits, 8 of them for the exponent. */
    BFLOAT16(16, 2);

    private final int code;
    private final int bytes;

    OnnxType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** {@return ONNX's number for this format} */
    public int code() {
        return code;
    }

    /** {@return the bytes of a number; 0 for texts} */
    public int bytes() {
        return bytes;
    }

    /** {@return whether numbers of this format are real ones, as weights are} */
    public boolean isReal() {
        return switch (this) {
            case FLOAT, FLOAT16, DOUBLE, BFLOAT16 -> true;
            case UINT8, INT8, UINT16, INT16, INT32, INT64, STRING, BOOL, UINT32, UINT64 -> false;
        };
    }

    /**
     * {@return the format of this number}
     *
     * @param code ONNX's number
     * @param whose for the error
     * @throws OnnxException if it is none that Unroll knows
     */
    static OnnxType of(long code, String whose) {
        return Arrays.stream(values())
                .filter(type -> type.code == code)
                .findFirst()
                .orElseThrow(
                        () ->
                                new OnnxException(
                                        ("%s has numbers of the format %d, which is not known; read"
                                                        + " are %s. Export the model in float32")
                                                .formatted(
                                                        whose, code, Arrays.toString(values()))));
    }
}
