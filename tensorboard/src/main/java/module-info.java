/** Event files of TensorBoard. */
module dev.unroll.tensorboard {
    requires static org.jspecify;
    requires transitive dev.unroll.core;
    requires com.google.protobuf;
    requires java.desktop;

    exports dev.unroll.tensorboard;
}
