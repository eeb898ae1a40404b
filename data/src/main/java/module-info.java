/** Data sets, tables and file formats. */
@SuppressWarnings("module") // the modules that may use its files are built later
module dev.unroll.data {
    requires static org.jspecify;
    requires transitive dev.unroll.core;
    requires java.desktop;
    requires java.net.http;
    requires org.apache.commons.compress;
    requires org.apache.commons.csv;
    requires static org.kordamp.ikonli.core;
    requires tools.jackson.databind;

    exports dev.unroll.data;
    exports dev.unroll.data.fetch;
    exports dev.unroll.data.sets;
    exports dev.unroll.data.table;
    exports dev.unroll.formats.files to
            dev.unroll.cli,
            dev.unroll.onnx,
            dev.unroll.tasks;
    exports dev.unroll.formats.image;
    exports dev.unroll.formats.safetensors;
    exports dev.unroll.formats.tokenizer;
    exports dev.unroll.formats.video;

    uses dev.unroll.data.sets.DataSet;
    uses dev.unroll.formats.video.VideoFormat;
    uses org.kordamp.ikonli.IkonHandler;
    uses org.kordamp.ikonli.IkonProvider;
}
