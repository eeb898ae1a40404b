/**
 * Charts as values, drawn as SVG: {@link dev.unroll.chart.LineChart}, {@link
 * dev.unroll.chart.BarChart} and {@link dev.unroll.chart.HeatMap}. A chart can be read in a light
 * and in a dark page, without colours, and on a phone.
 */
@NullMarked
package dev.unroll.chart;

import org.jspecify.annotations.NullMarked;
