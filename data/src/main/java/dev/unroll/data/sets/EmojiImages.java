package dev.unroll.data.sets;

import dev.unroll.data.DataException;
import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.PackageArchive;
import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageException;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.formats.image.ImageLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Emoji by two artists, Google's Noto and Twitter's Twemoji, 64 x 64 pixels, with their names in 28
 * languages: three packages of npm.
 */
public record EmojiImages() implements DrawingSet {
    private static final JsonMapper JSON = new JsonMapper();
    private static final ImageLimits SMALL = new ImageLimits(1 << 20, 256, 1 << 16);

    @Override
    public About about() {
        return About.of(
                        "emoji",
                        "3,786 emoji drawn by Google and by Twitter, 64 x 64, and their names"
                                + " in 28 languages",
                        "https://github.com/iamcal/emoji-data",
                        "MIT (names and lists), Apache-2.0 (Google's drawings), CC BY 4.0"
                                + " (Twitter's)",
                        "emoji-data, Cal Henderson; Noto Emoji, Google; Twemoji, Twitter;"
                                + " emojibase, Miles Johnson; names from Unicode's CLDR")
                .withNpmPackage(
                        "emoji-datasource-google",
                        "16.0.0",
                        74_344_091,
                        "fb5fd131b362aab7a55542d2a147a79708cce0a8b1c1bbacd470172708b5c438")
                .withNpmPackage(
                        "emoji-datasource-twitter",
                        "16.0.0",
                        61_683_754,
                        "f64a530c63bca463bd8317fdc4615ce63a53a0c65018e4ce2d848aaba7a28877")
                .withNpmPackage(
                        "emojibase-data",
                        "17.0.0",
                        6_711_091,
                        "d01d0e2ca4e22cb402679532155342c71e2e871f25c32223c013b8b166ebdf5a");
    }

    /**
     * Names in English tell variants apart by words; in other languages only the codes do. The
     * order is that of the codes.
     */
    @Override
    public List<Drawing> load(DataFiles files, Request request) throws DataException {
        List<Path> packages = files.fetch(about());
        return read(packages.get(0), packages.get(1), packages.get(2), request);
    }

    /** Reads all emoji from three packages at any paths. */
    static List<Drawing> read(Path google, Path twitter, Path named, Request request)
            throws DataException {
        boolean english = request.language().startsWith("en");
        Map<String, String> names = names(named, request.language());
        Map<String, byte[]> packed =
                PackageArchive.read(
                        google, p -> p.equals("emoji.json") || p.startsWith("img/google/64/"));
        Map<String, byte[]> others =
                PackageArchive.read(twitter, p -> p.startsWith("img/twitter/64/"));
        List<Drawing> all = new ArrayList<>();
        for (Map.Entry<String, Drawn> entry :
                drawn(google, packed.getOrDefault("emoji.json", new byte[0])).entrySet()) {
            Drawn drawn = entry.getValue();
            String name = names.get(withoutStyle(entry.getKey()));
            byte[] first = packed.get("img/google/64/" + drawn.image());
            byte[] second = others.get("img/twitter/64/" + drawn.image());
            boolean wanted = request.skinTones() || entry.getKey().equals(drawn.base());
            if (name != null && first != null && second != null && wanted) {
                all.add(
                        new Drawing(
                                entry.getKey(),
                                english ? VariantNames.ofEmoji(name) : drawn.base(),
                                name,
                                image(google, drawn, first),
                                image(twitter, drawn, second)));
            }
        }
        if (all.isEmpty()) {
            throw DataException.damaged(google + ": has no emoji that is drawn twice and named");
        }
        return all;
    }

    /**
     * An emoji in the list.
     *
     * @param base its code without skin tones
     * @param image the name of its image
     */
    private record Drawn(String base, String image) {}

    private static Map<String, Drawn> drawn(Path file, byte[] list) throws DataException {
        Map<String, Drawn> drawn = new TreeMap<>();
        for (JsonNode emoji : array(file, "emoji.json", list)) {
            if (!both(emoji)) {
                continue;
            }
            String base = code(emoji);
            drawn.put(base, new Drawn(base, emoji.path("image").asString("")));
            for (JsonNode variation : emoji.path("skin_variations")) {
                if (both(variation)) {
                    drawn.put(
                            code(variation), new Drawn(base, variation.path("image").asString("")));
                }
            }
        }
        return drawn;
    }

    private static boolean both(JsonNode emoji) {
        return emoji.path("has_img_google").asBoolean(false)
                && emoji.path("has_img_twitter").asBoolean(false);
    }

    private static String code(JsonNode emoji) {
        return emoji.path("unified").asString("").toLowerCase(Locale.ROOT);
    }

    /** The names by code, without the sign that asks for a coloured drawing. */
    private static Map<String, String> names(Path file, String language) throws DataException {
        String wanted = language + "/compact.json";
        Map<String, byte[]> found = PackageArchive.read(file, wanted::equals);
        byte[] list = found.get(wanted);
        if (list == null) {
            throw new DataException(
                    ("%s: has no names in '%s'; there are: bn, da, de, en, es, et, fi, fr, hi, hu,"
                                    + " it, ja, ko, lt, ms, nb, nl, pl, pt, ru, sv, th, uk, vi, zh"
                                    + " and others")
                            .formatted(file, language));
        }
        Map<String, String> names = new HashMap<>();
        for (JsonNode emoji : array(file, wanted, list)) {
            name(names, emoji);
            emoji.path("skins").forEach(skin -> name(names, skin));
        }
        return names;
    }

    private static void name(Map<String, String> names, JsonNode emoji) {
        String label = emoji.path("label").asString("").strip();
        if (!label.isEmpty()) {
            String code = emoji.path("hexcode").asString("").toLowerCase(Locale.ROOT);
            names.put(withoutStyle(code), label);
        }
    }

    private static String withoutStyle(String code) {
        return code.replace("-fe0f", "");
    }

    private static JsonNode array(Path file, String name, byte[] bytes) throws DataException {
        try {
            JsonNode array = JSON.readTree(bytes);
            if (array.isArray()) {
                return array;
            }
            throw DataException.damaged("%s > %s: is no JSON array".formatted(file, name));
        } catch (JacksonException e) {
            throw DataException.damaged(
                    "%s > %s: is not JSON (%s)".formatted(file, name, e.getOriginalMessage()), e);
        }
    }

    private static Image image(Path file, Drawn drawn, byte[] bytes) throws DataException {
        try {
            return ImageFile.read(file + " > " + drawn.image(), bytes, Colour.WHITE, SMALL);
        } catch (ImageException e) {
            throw new DataException(String.valueOf(e.getMessage()), e);
        }
    }
}
