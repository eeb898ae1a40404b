package dev.unroll.formats.image;

import dev.unroll.formats.files.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The images of a folder, as files. */
public final class ImageFolder {
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

    /** So many names are told. */
    private static final int TOLD = 10;

    private ImageFolder() {}

    /**
     * The images in a folder, by their endings (png, jpg, jpeg, gif, bmp), in the order of their
     * names; numbers in names count as numbers, so that {@code 9.png} comes before {@code 10.png}.
     *
     * @param folder is not searched below its first level
     * @return at least one file
     * @throws ImageException if the folder cannot be listed or has no image
     */
    public static List<Path> images(Path folder) throws ImageException {
        List<Path> images =
                inside(folder).stream()
                        .filter(ImageFolder::isImage)
                        .sorted(Comparator.comparing(ImageFolder::sortable))
                        .toList();
        if (images.isEmpty()) {
            throw new ImageException(
                    folder + ": has no image (" + String.join(", ", ENDINGS) + ")");
        }
        return images;
    }

    /**
     * {@return the folders in a folder, in the order of their paths}
     *
     * @param folder is not searched below its first level
     * @throws ImageException if it cannot be listed
     */
    public static List<Path> folders(Path folder) throws ImageException {
        return inside(folder).stream().filter(Files::isDirectory).sorted().toList();
    }

    private static List<Path> inside(Path folder) throws ImageException {
        if (!Files.isDirectory(folder)) {
            throw new ImageException("there is no folder " + folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new ImageException(FileFailure.told(folder, e), e);
        }
    }

    private static boolean isImage(Path file) {
        String name = name(file);
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ENDINGS.contains(ending) && Files.isRegularFile(file);
    }

    /**
     * {@return a file's name with its ending}
     *
     * @param file need not exist
     */
    public static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /**
     * {@return a file's name without its ending}
     *
     * @param file need not exist
     */
    public static String stem(Path file) {
        String name = name(file);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** The name with its numbers filled up with zeros, so that the order of letters is theirs. */
    private static String sortable(Path file) {
        StringBuilder sortable = new StringBuilder();
        for (String part : name(file).split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)", -1)) {
            boolean number = Character.isDigit(part.charAt(0));
            sortable.append("0".repeat(number ? Math.max(0, 20 - part.length()) : 0)).append(part);
        }
        return sortable.append('/').append(name(file)).toString();
    }

    /**
     * {@return the first ten names of a list and how many more there are, or "none" if it is empty}
     *
     * @param names are told in their order
     */
    public static String some(List<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        List<String> told = new ArrayList<>(names.subList(0, Math.min(TOLD, names.size())));
        if (names.size() > TOLD) {
            told.add("and %,d more".formatted(names.size() - TOLD));
        }
        return String.join(", ", told);
    }
}
