package dev.unroll.faults.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A training of a second or less.
 *
 * @param name of the task and the network
 * @param recipe its file; the data lie beside it
 */
public record Sample(String name, Path recipe) {

    /** {@return the task's name} */
    public String task() {
        return name.replaceFirst("-[a-z]+$", "");
    }

    /** A kind of data, made on the spot. */
    @FunctionalInterface
    interface Data {
        /** Makes the files in a folder. */
        void write(Path folder) throws IOException;
    }

    /**
     * Makes the files of a sample in a folder of its own.
     *
     * @param folder in which it is made
     * @param name of the task and the network
     * @param data its data
     * @param yaml its recipe
     */
    static Sample make(Path folder, String name, Data data, String yaml) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        data.write(own);
        return new Sample(name, Files.writeString(own.resolve("recipe.yaml"), yaml));
    }
}
