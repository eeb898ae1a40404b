package dev.unroll.faults.kills;

import dev.unroll.faults.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** The state in which a kill left a run's folder. */
enum Found {
    /** There is no recipe in the folder yet. */
    NOTHING("before the run had a recipe"),
    /** There is a recipe, and no checkpoint. */
    NO_CHECKPOINT("before the first checkpoint"),
    /** A file is half written. */
    PART("while a file was written"),
    /** Files are being changed: the manifest has been taken away, and is not back. */
    NO_MANIFEST("while the run's files were changed"),
    /** The training has ended, and its weights are put in place. */
    END("at the end"),
    /** All files are whole. */
    BETWEEN("between checkpoints");

    private final String told;

    Found(String told) {
        this.told = told;
    }

    String told() {
        return told;
    }

    static Found in(Path run) throws IOException {
        Map<String, Path> files = Folders.files(run);
        Set<String> names = files.keySet();
        if (names.stream().anyMatch(Found::isPart)) {
            return PART;
        } else if (!names.contains("recipe.yaml")) {
            return NOTHING;
        } else if (!names.contains("checkpoints/last.safetensors")) {
            return NO_CHECKPOINT;
        } else if (Course.read(run.resolve("metrics.jsonl")).ended()) {
            return END;
        }
        return names.contains("manifest.json") ? BETWEEN : NO_MANIFEST;
    }

    static boolean isPart(String name) {
        return name.endsWith(".part");
    }
}
