package dev.unroll.chart;

import java.util.List;

/**
 * A line of a {@link LineChart}.
 *
 * @param label written where the line ends; short
 * @param points from left to right
 */
public record Line(String label, List<Point> points) {

    /**
     * A point of a line, with the range over which it was seen.
     *
     * @param x place along the horizontal axis
     * @param y place along the vertical axis
     * @param low the lower end of the range; y itself if there is none
     * @param high the upper end of the range; y itself if there is none
     */
    public record Point(double x, double y, double low, double high) {

        /** A point without a range. */
        public Point(double x, double y) {
            this(x, y, y, y);
        }
    }

    public Line {
        points = List.copyOf(points);
    }

    /** {@return the value at the line's end} */
    public double end() {
        return points.getLast().y();
    }
}
