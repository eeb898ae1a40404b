package dev.unroll.examples;

import dev.unroll.data.DataException;
import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.DataFolders;
import dev.unroll.data.fetch.PackageArchive;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.onnx.OnnxException;
import dev.unroll.onnx.OnnxModel;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** The published file of Silero's detector of voice, version 5. */
public final class SileroFile {
    private static final String NAME = "dist/silero_vad_v5.onnx";

    private SileroFile() {}

    /** {@return what is fetched} */
    public static About about() {
        return About.of(
                        "silero-vad",
                        "a detector of voice, 2.3 MB in a package of npm",
                        "https://github.com/snakers4/silero-vad",
                        "MIT",
                        "Silero Team: Silero VAD, 2024; packed by Ricky Samore")
                .withNpmPackage(
                        "@ricky0123/vad-web",
                        "0.0.31",
                        5_471_324,
                        "d1a211cf1a2ed26297da52cc08de79e75d79838a274bfc6de546feb1f828c940");
    }

    /** {@return whether it is in the folder UNROLL_DATA or the cache} */
    public static boolean isHere() {
        return DataFolders.standard().place(about()) != DataFolders.Place.ABSENT;
    }

    /** {@return its bytes, from the folder UNROLL_DATA, the cache, or fetched into the cache} */
    public static byte[] bytes() throws DataException {
        Path file = DataFiles.standard(ProgressListener.SILENT).fetch(about()).getFirst();
        byte[] bytes = PackageArchive.read(file, NAME::equals).get(NAME);
        if (bytes == null) {
            throw new OnnxException(file + " has no " + NAME);
        }
        return bytes;
    }

    /** {@return the model in it} */
    public static OnnxModel published() throws DataException {
        return OnnxModel.read(MemorySegment.ofArray(bytes()), NAME);
    }
}
