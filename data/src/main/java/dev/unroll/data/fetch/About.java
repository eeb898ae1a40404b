package dev.unroll.data.fetch;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The description of a data set for people, and the files it consists of. Every file lies in a
 * folder that has the set's name.
 *
 * @param name of the set in recipes, commands and folders: lower-case letters, digits and hyphens
 * @param what the set contains, in one line
 * @param home its publisher's page
 * @param licence under which it may be used
 * @param citation the publication or people to name
 * @param files all files as published; empty if the set is made and not fetched
 * @param otherForm files or folders, relative to a folder of data, in which somebody may have
 *     packed the set otherwise, such as {@code imdb/train.tsv.gz}. This form is looked for first;
 *     it has no checksum. Empty if only the published form is read
 */
public record About(
        String name,
        String what,
        URI home,
        String licence,
        String citation,
        List<DataFile> files,
        List<String> otherForm) {

    public About {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "data set '%s': a name has lower-case letters, digits and single hyphens"
                            .formatted(name));
        }
        files = List.copyOf(files);
        otherForm = List.copyOf(otherForm);
    }

    /** A set without files, to which they are added by the methods below. */
    public static About of(String name, String what, String home, String licence, String citation) {
        return new About(name, what, URI.create(home), licence, citation, List.of(), List.of());
    }

    /**
     * Adds a file that was published once and never changes.
     *
     * @param file its name
     * @param address where it is published
     * @param size in bytes
     * @param sha256 64 hexadecimal digits
     */
    public About withFile(String file, String address, long size, String sha256) {
        return with(file, URI.create(address), size, sha256, DataFile.Release.FIXED);
    }

    /** Adds a file that its publisher replaces by newer releases under the same address. */
    public About withRollingFile(String file, String address, long size, String sha256) {
        return with(file, URI.create(address), size, sha256, DataFile.Release.ROLLING);
    }

    /**
     * Adds a file whose checksum is not known.
     *
     * @param size in bytes, roughly
     */
    public About withUncheckedFile(String file, String address, long size) {
        return with(file, URI.create(address), size, null, DataFile.Release.UNCHECKED);
    }

    /**
     * Adds a package of npm, as the file {@code PACKAGE-VERSION.tgz}; of a package
     * {@code @SCOPE/NAME} that is {@code SCOPE-NAME-VERSION.tgz}, as npm has it.
     */
    public About withNpmPackage(String packed, String version, long size, String sha256) {
        String plain = packed.replaceFirst("^@", "").replace('/', '-');
        return with(
                "%s-%s.tgz".formatted(plain, version),
                Npm.address(packed, version),
                size,
                sha256,
                DataFile.Release.FIXED);
    }

    /** Names the files or folders of the {@link #otherForm}, relative to the set's own folder. */
    public About orAs(List<String> paths) {
        return new About(
                name,
                what,
                home,
                licence,
                citation,
                files,
                paths.stream().map(this::path).toList());
    }

    /**
     * The published file of this name.
     *
     * @throws IllegalArgumentException if the set has no such file
     */
    public DataFile file(String file) {
        return files.stream()
                .filter(own -> own.path().equals(path(file)))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the data set %s has no file '%s'; there are %s"
                                                .formatted(
                                                        name,
                                                        file,
                                                        files.stream()
                                                                .map(DataFile::path)
                                                                .toList())));
    }

    /** Bytes of all published files together. */
    public long size() {
        return files.stream().mapToLong(DataFile::size).sum();
    }

    private About with(
            String file,
            URI address,
            long size,
            @Nullable String sha256,
            DataFile.Release release) {
        List<DataFile> more = new ArrayList<>(files);
        more.add(new DataFile(path(file), address, size, sha256, release));
        return new About(name, what, home, licence, citation, more, otherForm);
    }

    private String path(String file) {
        return name + "/" + file;
    }
}
