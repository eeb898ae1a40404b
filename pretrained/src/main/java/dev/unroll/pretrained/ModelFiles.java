package dev.unroll.pretrained;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a model by name, wherever they lie: in a folder, on the class path, or in memory.
 * Nothing is ever downloaded.
 */
public interface ModelFiles {

    /** {@return where the files are, for messages} */
    String from();

    /** {@return whether there is a file of this name} */
    boolean has(String name);

    /** {@return the names of the files, as far as they are known} */
    List<String> names() throws IOException;

    /**
     * {@return the content of a file}
     *
     * @throws IOException if there is none or it cannot be read
     */
    byte[] read(String name) throws IOException;

    /**
     * Maps a file into memory where that is possible, and reads it otherwise.
     *
     * @param arena how long the memory is needed
     * @return the content of the file
     * @throws IOException if there is none or it cannot be read
     */
    default MemorySegment map(String name, Arena arena) throws IOException {
        return MemorySegment.ofArray(read(name));
    }

    /**
     * {@return the files in a folder} A folder inside a jar is one, too, by the JDK's file system
     * for them.
     *
     * @param folder the folder
     */
    static ModelFiles folder(Path folder) {
        return new Folder(folder);
    }

    /**
     * {@return the files in a folder of the class path}
     *
     * @param loader knows the class path
     * @param folder within it, such as {@code models/minilm}; empty for its root
     */
    static ModelFiles classPath(ClassLoader loader, String folder) {
        return new Resources(
                loader, folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/");
    }

    /**
     * Reads streams to their ends; they are not closed.
     *
     * @param streams by the name of the file that each one is
     * @return the files
     * @throws IOException if one cannot be read
     */
    static ModelFiles streams(Map<String, InputStream> streams) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (Map.Entry<String, InputStream> entry : streams.entrySet()) {
            files.put(entry.getKey(), entry.getValue().readAllBytes());
        }
        return new InMemory("the streams", files);
    }

    /** These files as if some were not there. */
    default ModelFiles without(Set<String> names) {
        return new Without(this, Set.copyOf(names));
    }

    /** Files with other names: those that programs expect, and where these are. */
    default ModelFiles renamed(Map<String, String> names) {
        return new Renamed(this, Map.copyOf(names));
    }

    /**
     * A folder.
     *
     * @param path of the folder
     */
    record Folder(Path path) implements ModelFiles {
        @Override
        public String from() {
            return path.toString();
        }

        @Override
        public boolean has(String name) {
            return Files.isRegularFile(path.resolve(name));
        }

        @Override
        public List<String> names() throws IOException {
            try (Stream<Path> files = Files.list(path)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> file.getFileName().toString())
                        .sorted()
                        .toList();
            }
        }

        @Override
        public byte[] read(String name) throws IOException {
            return Files.readAllBytes(path.resolve(name));
        }

        @Override
        public MemorySegment map(String name, Arena arena) throws IOException {
            Path file = path.resolve(name);
            try (FileChannel channel = FileChannel.open(file)) {
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            } catch (UnsupportedOperationException e) { // a file within a jar
                return MemorySegment.ofArray(Files.readAllBytes(file));
            }
        }
    }

    /**
     * A folder of the class path.
     *
     * @param loader knows the class path
     * @param folder within it, with a slash at the end
     */
    record Resources(ClassLoader loader, String folder) implements ModelFiles {
        @Override
        public String from() {
            return "classpath:" + folder;
        }

        @Override
        public boolean has(String name) {
            return loader.getResource(folder + name) != null;
        }

        @Override
        public List<String> names() {
            return List.of(); // a class path cannot be listed
        }

        @Override
        public byte[] read(String name) throws IOException {
            try (InputStream in = loader.getResourceAsStream(folder + name)) {
                if (in == null) {
                    throw new NoSuchFileException(from() + name);
                }
                return in.readAllBytes();
            }
        }
    }

    /**
     * Files in memory.
     *
     * @param from where the files are from, for messages
     * @param files by name
     */
    record InMemory(String from, Map<String, byte[]> files) implements ModelFiles {
        @Override
        public boolean has(String name) {
            return files.containsKey(name);
        }

        @Override
        public List<String> names() {
            return List.copyOf(files.keySet());
        }

        @Override
        public byte[] read(String name) throws IOException {
            byte[] bytes = files.get(name);
            if (bytes == null) {
                throw new NoSuchFileException(name);
            }
            return bytes;
        }
    }

    /**
     * Files of which some are left out.
     *
     * @param files as they are
     * @param left the names of those that are not asked for
     */
    record Without(ModelFiles files, Set<String> left) implements ModelFiles {
        @Override
        public String from() {
            return files.from();
        }

        @Override
        public boolean has(String name) {
            return !left.contains(name) && files.has(name);
        }

        @Override
        public List<String> names() throws IOException {
            return files.names().stream().filter(name -> !left.contains(name)).toList();
        }

        @Override
        public byte[] read(String name) throws IOException {
            if (left.contains(name)) {
                throw new NoSuchFileException(name);
            }
            return files.read(name);
        }

        @Override
        public MemorySegment map(String name, Arena arena) throws IOException {
            if (left.contains(name)) {
                throw new NoSuchFileException(name);
            }
            return files.map(name, arena);
        }
    }

    /**
     * Files of which some have other names.
     *
     * @param files as they are
     * @param other the name of a file by the one that it is asked for
     */
    record Renamed(ModelFiles files, Map<String, String> other) implements ModelFiles {
        @Override
        public String from() {
            return files.from();
        }

        private String name(String asked) {
            return other.getOrDefault(asked, asked);
        }

        @Override
        public boolean has(String name) {
            return files.has(name(name));
        }

        @Override
        public List<String> names() throws IOException {
            List<String> names = new ArrayList<>(files.names());
            names.removeAll(other.values());
            names.addAll(other.keySet());
            return List.copyOf(names);
        }

        @Override
        public byte[] read(String name) throws IOException {
            return files.read(name(name));
        }

        @Override
        public MemorySegment map(String name, Arena arena) throws IOException {
            return files.map(name(name), arena);
        }
    }
}
