/** Charts as SVG, and pages of text, charts, tables and code. */
module dev.unroll.pages {
    requires static org.jspecify;
    requires java.desktop;
    requires org.jfree.jfreechart;
    requires org.jfree.svg;
    requires org.commonmark;
    requires org.commonmark.ext.gfm.tables;

    exports dev.unroll.chart;
    exports dev.unroll.page;
}
