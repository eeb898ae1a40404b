package dev.unroll.lab.kit;

import dev.unroll.chart.Line;
import java.util.List;

/** The slope of a line on logarithmic axes: the power of x with which y grows. */
public final class Slope {
    private Slope() {}

    /**
     * {@return the slope of the least-squares line through log x and log y of the last points}
     *
     * @param points of the line, at least two
     */
    public static double ofLast(int points, Line line) {
        List<Line.Point> all = line.points();
        List<Line.Point> last = all.subList(Math.max(0, all.size() - points), all.size());
        double x = last.stream().mapToDouble(p -> Math.log(p.x())).average().orElseThrow();
        double y = last.stream().mapToDouble(p -> Math.log(p.y())).average().orElseThrow();
        double together = 0;
        double squares = 0;
        for (Line.Point p : last) {
            together += (Math.log(p.x()) - x) * (Math.log(p.y()) - y);
            squares += (Math.log(p.x()) - x) * (Math.log(p.x()) - x);
        }
        return together / squares;
    }
}
