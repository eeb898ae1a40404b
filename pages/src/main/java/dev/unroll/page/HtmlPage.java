package dev.unroll.page;

import dev.unroll.chart.SvgDrawing;
import dev.unroll.chart.SvgDrawing.Width;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Writes a page as one HTML file: styles and drawings are inside, there is no script, and nothing
 * is asked of any host. Each chart is there twice, for wide and for narrow windows.
 */
public final class HtmlPage {
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder()
                    .extensions(List.of(TablesExtension.create()))
                    .escapeHtml(true)
                    .sanitizeUrls(true)
                    .attributeProviderFactory(context -> HtmlPage::anchor)
                    .build();

    /** An entry of the contents. */
    private record Entry(String anchor, String title) {}

    private HtmlPage() {}

    /** {@return the page as the text of an HTML file} */
    public static String of(Page page) {
        List<Entry> contents = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        page.blocks().forEach(block -> write(block, body, contents));
        StringBuilder html = new StringBuilder();
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
                .append(escaped(page.title()))
                .append("</title>\n<style>\n")
                .append(styles())
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(escaped(page.title()))
                .append("</h1>\n");
        if (contents.size() > 2) {
            html.append("<nav aria-label=\"Contents\"><ol>\n");
            for (Entry entry : contents) {
                html.append(
                        "<li><a href=\"#%s\">%s</a></li>\n"
                                .formatted(entry.anchor, escaped(entry.title)));
            }
            html.append("</ol></nav>\n");
        }
        return html.append(body).append("</main>\n</body>\n</html>\n").toString();
    }

    private static void write(Block block, StringBuilder html, List<Entry> contents) {
        switch (block) {
            case Block.Text text -> {
                Node node = PARSER.parse(text.markdown());
                node.accept(
                        new AbstractVisitor() {
                            @Override
                            public void visit(Heading heading) {
                                if (heading.getLevel() == 2) {
                                    contents.add(new Entry(anchorOf(heading), words(heading)));
                                }
                            }
                        });
                html.append(RENDERER.render(node));
            }
            case Block.Figure figure -> {
                html.append("<figure>")
                        .append(SvgDrawing.of(figure.chart(), Width.WIDE))
                        .append(SvgDrawing.of(figure.chart(), Width.NARROW))
                        .append("</figure>\n");
                write(numbers(figure), html, contents);
            }
            case Block.Table table ->
                    html.append("<div class=\"scroll\">")
                            .append(RENDERER.render(PARSER.parse(MarkdownPage.table(table))))
                            .append("</div>\n");
            case Block.Code code ->
                    html.append("<pre tabindex=\"0\"><code class=\"language-")
                            .append(escaped(code.language()))
                            .append("\">")
                            .append(escaped(code.code().stripTrailing()))
                            .append("</code></pre>\n");
            case Block.Image image ->
                    html.append(
                            "<figure><img alt=\"%s\" src=\"data:image/png;base64,%s\"></figure>\n"
                                    .formatted(
                                            escaped(image.title()),
                                            Base64.getEncoder().encodeToString(image.png())));
            case Block.Folded folded -> {
                html.append("<details><summary>")
                        .append(escaped(folded.summary()))
                        .append("</summary>\n");
                folded.blocks().forEach(inner -> write(inner, html, contents));
                html.append("</details>\n");
            }
        }
    }

    /** The numbers of a chart, folded away below it. */
    static Block.Folded numbers(Block.Figure figure) {
        return new Block.Folded("The numbers", List.of(ChartTable.of(figure.chart())));
    }

    private static void anchor(Node node, String tag, java.util.Map<String, String> attributes) {
        if (node instanceof Heading heading) {
            attributes.put("id", anchorOf(heading));
        }
    }

    private static String anchorOf(Heading heading) {
        return words(heading)
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    private static String words(Node node) {
        StringBuilder words = new StringBuilder();
        node.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(Text text) {
                        words.append(text.getLiteral());
                    }

                    @Override
                    public void visit(org.commonmark.node.Code code) {
                        words.append(code.getLiteral());
                    }
                });
        return words.toString();
    }

    private static String styles() {
        try (InputStream in =
                Objects.requireNonNull(HtmlPage.class.getResourceAsStream("page.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
