package dev.unroll.formats.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Path part(String name) throws IOException {
        return Files.writeString(
                folder.resolve("." + name + "." + UUID.randomUUID() + ".part"), "half");
    }

    @Test
    void parts_that_a_killed_process_left_are_removed_by_the_next_that_writes_there()
            throws IOException {
        part("model.safetensors");
        part("other");
        Files.writeString(folder.resolve(".my.part"), "mine");
        Files.writeString(folder.resolve("film.gz.part"), "to go on with");
        WholeFile.write(folder.resolve("model.safetensors"), "whole");
        assertThat(names()).containsExactly(".my.part", "film.gz.part", "model.safetensors");
    }

    @Test
    void a_part_that_is_still_being_written_stays() throws IOException {
        Path part = part("model.safetensors");
        try (FileChannel writing = FileChannel.open(part, StandardOpenOption.WRITE)) {
            writing.lock();
            WholeFile.write(folder.resolve("model.safetensors"), "whole");
            assertThat(part).exists();
        }
    }

    @Test
    void a_part_that_is_a_link_leads_to_nothing_that_is_removed() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.txt"), "mine");
        Path link = folder.resolve("." + "x." + UUID.randomUUID() + ".part");
        Files.createSymbolicLink(link, mine);
        WholeFile.write(folder.resolve("new.txt"), "whole");
        assertThat(mine).hasContent("mine");
    }

    @Test
    void a_folder_in_the_place_of_the_file_is_named() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("runs"));
        assertThatThrownBy(() -> WholeFile.write(inside, "text"))
                .hasMessage(inside + ": is a folder; name the file to be written");
        assertThat(names()).containsExactly("runs");
    }

    @Test
    void a_file_that_cannot_be_written_is_named_and_keeps_what_it_had() throws IOException {
        Path file = folder.resolve("model.safetensors");
        WholeFile.write(file, "before");
        assertThatThrownBy(
                        () ->
                                WholeFile.write(
                                        file,
                                        out -> {
                                            out.write(1);
                                            throw new IOException("No space left on device");
                                        }))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("what stood there stays");
        assertThat(file).hasContent("before");
        assertThat(names()).containsExactly("model.safetensors");
    }
}
