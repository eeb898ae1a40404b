package dev.unroll.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.chart.Axis;
import dev.unroll.chart.BarChart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
    private static final BarChart CHART =
            new BarChart("Bars", Axis.linear("x"), List.of(new BarChart.Bar("one", 1)));
    private static final Page PAGE =
            new Page(
                    "A <page>",
                    List.of(
                            new Block.Text("## First `part`\n\nWith *text*."),
                            new Block.Text("## Second\n\n<script>alert(1)</script>"),
                            new Block.Text("## Third"),
                            new Block.Figure("bars", CHART),
                            new Block.Table(
                                    List.of("name", "value"), List.of(List.of("a|b", "<1>"))),
                            new Block.Code("java", "List<String> x;"),
                            new Block.Folded("more", List.of(new Block.Text("hidden words")))));

    @Test
    void aPageAsHtmlHoldsItsChartsForWideAndNarrowWindows() {
        assertThat(HtmlPage.of(PAGE)).contains("class=\"chart wide\"", "class=\"chart narrow\"");
    }

    @Test
    void theNumbersOfAChartStandBelowItAsATable() {
        assertThat(HtmlPage.of(PAGE)).contains("The numbers", "<td>one</td>", "<td>1</td>");
    }

    @Test
    void headingsOfLevelTwoAreListedAsContents() {
        assertThat(HtmlPage.of(PAGE))
                .contains("<a href=\"#first-part\">First part</a>", "<h2 id=\"first-part\">");
    }

    @Test
    void textThatLooksLikeHtmlIsShownAndNotCarriedOut() {
        assertThat(HtmlPage.of(PAGE))
                .doesNotContain("<script>")
                .contains("A &lt;page&gt;", "List&lt;String&gt;", "&lt;1&gt;");
    }

    @Test
    void aPageAsHtmlAsksNothingOfAnotherHost() {
        assertThat(HtmlPage.of(PAGE).replaceAll("http://www.w3.org/[0-9a-z/]+", ""))
                .doesNotContain("http", "src=\"/", "@import");
    }

    @Test
    void aPageAsMarkdownHasAFileForEachChart(@TempDir Path folder) throws Exception {
        MarkdownPage.write(PAGE, folder.resolve("index.md"));
        assertThat(folder.resolve("index.md"))
                .content()
                .contains("![Bars](figures/bars.svg)", "| a\\|b | <1> |", "<summary>more");
        assertThat(Files.readString(folder.resolve("figures/bars.svg"))).startsWith("<svg");
    }

    @Test
    void aRowThatIsNotAsLongAsTheHeaderIsRefused() {
        assertThatThrownBy(() -> new Block.Table(List.of("a", "b"), List.of(List.of("1"))))
                .hasMessageContaining("[a, b]")
                .hasMessageContaining("1 cells");
    }
}
