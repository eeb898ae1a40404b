package dev.unroll.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.chart.SvgDrawing.Width;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SvgDrawingTest {
    private static final LineChart LINES =
            new LineChart(
                    "Two & two",
                    Axis.powersOfTwo("length, tokens"),
                    Axis.logarithmic("time, ms"),
                    List.of(line("LSTM <1>", 1), line("GRU", 1.01)));

    private static Line line(String label, double factor) {
        return new Line(
                label,
                IntStream.rangeClosed(4, 10)
                        .mapToObj(
                                i -> {
                                    double y = factor * Math.pow(3, i);
                                    return new Line.Point(1 << i, y, y / 2, y * 2);
                                })
                        .toList());
    }

    private static Document parsed(Chart chart, Width width) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(SvgDrawing.of(chart, width))));
    }

    private static List<String> texts(Document svg) {
        NodeList nodes = svg.getElementsByTagName("text");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent())
                .toList();
    }

    @Test
    void aLineChartNamesEachLineAtItsEndAndHasNoLegend() throws Exception {
        List<String> texts = texts(parsed(LINES, Width.WIDE));
        assertThat(texts).containsOnlyOnce("LSTM <1>").containsOnlyOnce("GRU");
    }

    @Test
    void labelsOfLinesThatEndAtTheSamePlaceDoNotOverlap() throws Exception {
        NodeList nodes = parsed(LINES, Width.NARROW).getElementsByTagName("text");
        List<Double> heights = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            String text = nodes.item(i).getTextContent();
            if (text.equals("GRU") || text.equals("LSTM <1>")) {
                heights.add(Double.valueOf(((Element) nodes.item(i)).getAttribute("y")));
            }
        }
        assertThat(Math.abs(heights.get(0) - heights.get(1))).isGreaterThanOrEqualTo(15);
    }

    @Test
    void anAxisOfPowersOfTwoIsLabelledAtPowersOfTwo() throws Exception {
        assertThat(texts(parsed(LINES, Width.WIDE))).contains("16", "64", "1,024");
    }

    @Test
    void aLogarithmicAxisOfManyPowersOfTenHasAtLeastFourLabels() throws Exception {
        LineChart chart =
                new LineChart(
                        "Vanishing",
                        Axis.linear("steps"),
                        Axis.logarithmic("gradient"),
                        List.of(
                                new Line(
                                        "Elman",
                                        List.of(new Line.Point(0, 1), new Line.Point(50, 1e-12)))));
        assertThat(texts(parsed(chart, Width.WIDE)).stream().filter(t -> t.startsWith("10")))
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void coloursAreVariablesThatFollowALightAndADarkPage() {
        String svg = SvgDrawing.of(LINES, Width.WIDE);
        assertThat(svg)
                .contains("var(--s1)", "var(--s2)", "prefers-color-scheme:dark")
                .doesNotContain("rgb(0,104,165)");
    }

    @Test
    void theTitleIsThereForReadersWhoCannotSeeTheChart() throws Exception {
        Document svg = parsed(LINES, Width.WIDE);
        assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("Two & two");
    }

    @Test
    void nothingIsAskedOfAnotherHost() {
        assertThat(SvgDrawing.of(LINES, Width.WIDE).replaceAll("http://www.w3.org/[0-9a-z/]+", ""))
                .doesNotContain("http");
    }

    @Test
    void barsShowTheirNamesAndNumbers() throws Exception {
        BarChart chart =
                new BarChart(
                        "Accuracy",
                        Axis.linear("accuracy, %"),
                        List.of(
                                new BarChart.Bar("LSTM", 91.25, 90, 92),
                                new BarChart.Bar("alone", 40)));
        assertThat(texts(parsed(chart, Width.WIDE))).contains("LSTM", "alone", "91.3", "40.0");
    }

    @Test
    void barsOfTheSameNameAreAllShown() throws Exception {
        BarChart chart =
                new BarChart(
                        "Accuracy",
                        Axis.linear("accuracy, %"),
                        List.of(new BarChart.Bar("guess", 12.5), new BarChart.Bar("guess", 50)));
        assertThat(texts(parsed(chart, Width.WIDE))).contains("12.5", "50.0");
        assertThat(texts(parsed(chart, Width.WIDE)).stream().filter("guess"::equals)).hasSize(2);
    }

    @Test
    void aHeatMapIsTheMoreOpaqueTheLargerTheNumber() {
        HeatMap map =
                new HeatMap(
                        "Attention weights",
                        "source",
                        "target",
                        List.of("a", "b"),
                        List.of("x", "y"),
                        new double[][] {{0, 0.5}, {1, 0.25}});
        assertThat(SvgDrawing.of(map, Width.WIDE)).contains("fill-opacity:0.5");
    }

    @Test
    void aPointThatIsNotANumberIsLeftOut() throws Exception {
        LineChart chart =
                new LineChart(
                        "Loss",
                        Axis.linear("step"),
                        Axis.linear("loss"),
                        List.of(
                                new Line(
                                        "run",
                                        List.of(
                                                new Line.Point(0, 1),
                                                new Line.Point(1, Double.NaN),
                                                new Line.Point(2, 3)))));
        assertThat(SvgDrawing.of(chart, Width.WIDE)).doesNotContain("NaN");
    }

    @Test
    void aLogarithmicChartLeavesOutWhatIsInfiniteOrZero() throws Exception {
        LineChart chart =
                new LineChart(
                        "Loss",
                        Axis.linear("step"),
                        Axis.logarithmic("loss"),
                        List.of(
                                new Line(
                                        "run",
                                        List.of(
                                                new Line.Point(0, 1),
                                                new Line.Point(1, 0),
                                                new Line.Point(2, Double.POSITIVE_INFINITY))),
                                new Line("broken", List.of(new Line.Point(0, Double.NaN)))));
        assertThat(texts(parsed(chart, Width.WIDE))).contains("run").doesNotContain("broken");
    }

    @Test
    void aChartOfNoLinesIsRefused() {
        assertThatThrownBy(() -> new LineChart("", Axis.linear(""), Axis.linear(""), List.of()))
                .hasMessageContaining("1 to 8 lines, not 0");
    }
}
