package dev.unroll.page;

import dev.unroll.chart.SvgDrawing;
import dev.unroll.chart.SvgDrawing.Width;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a page as Markdown, with a file for each chart beside it. */
public final class MarkdownPage {
    private MarkdownPage() {}

    /**
     * Writes the page, and its figures into {@code figures} beside it.
     *
     * @param file the Markdown file; its folder is made if it is missing
     * @throws IOException if something cannot be written
     */
    public static void write(Page page, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("not a file: " + file);
        }
        Files.createDirectories(folder.resolve("figures"));
        StringBuilder text = new StringBuilder("# " + page.title() + "\n");
        for (Block block : page.blocks()) {
            write(block, text, folder.resolve("figures"));
        }
        Files.writeString(file, text);
    }

    private static void write(Block block, StringBuilder text, Path figures) throws IOException {
        text.append('\n');
        switch (block) {
            case Block.Text t -> text.append(t.markdown().strip()).append('\n');
            case Block.Figure figure -> {
                String name = figure.name() + ".svg";
                Files.writeString(
                        figures.resolve(name), SvgDrawing.of(figure.chart(), Width.WIDE) + "\n");
                text.append("![%s](figures/%s)\n".formatted(figure.chart().title(), name));
                write(HtmlPage.numbers(figure), text, figures);
            }
            case Block.Table table -> text.append(table(table));
            case Block.Code code ->
                    text.append(
                            "```%s\n%s\n```\n"
                                    .formatted(code.language(), code.code().stripTrailing()));
            case Block.Image image -> {
                String name = image.name() + ".png";
                Files.write(figures.resolve(name), image.png());
                text.append("![%s](figures/%s)\n".formatted(image.title(), name));
            }
            case Block.Folded folded -> {
                text.append("<details><summary>")
                        .append(folded.summary().replace("&", "&amp;").replace("<", "&lt;"))
                        .append("</summary>\n");
                for (Block inner : folded.blocks()) {
                    write(inner, text, figures);
                }
                text.append("\n</details>\n");
            }
        }
    }

    /** A table as GitHub writes it. */
    static String table(Block.Table table) {
        String rule = "|" + "---|".repeat(table.header().size()) + "\n";
        return row(table.header())
                + rule
                + table.rows().stream().map(MarkdownPage::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("\\", "\\\\").replace("|", "\\|").replace('\n', ' '))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
