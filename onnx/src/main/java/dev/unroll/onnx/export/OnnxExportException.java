package dev.unroll.onnx.export;

/** A model that cannot be written as ONNX; the message names the part and the reason. */
public final class OnnxExportException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * Makes a failure of an export.
     *
     * @param message names the part and says why
     */
    public OnnxExportException(String message) {
        super(message);
    }

    /** A part of a kind that the export does not know. */
    static OnnxExportException unknown(String what, Object part) {
        String name = part instanceof Enum<?> e ? e.name() : part.getClass().getSimpleName();
        return new OnnxExportException(
                "the %s %s is not known to the export to ONNX".formatted(what, name));
    }
}
