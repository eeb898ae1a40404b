/** The unroll command. */
module dev.unroll.cli {
    requires static org.jspecify;
    requires java.logging;
    requires jdk.management;
    requires dev.unroll.lab;
    requires dev.unroll.onnx;
    requires dev.unroll.tasks;
    requires dev.unroll.tensorboard;
    requires info.picocli;
    requires me.tongfei.progressbar;
    requires tools.jackson.databind;

    opens dev.unroll.cli to
            info.picocli,
            tools.jackson.databind;
}
