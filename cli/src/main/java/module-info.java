/** The unroll command. */
module dev.unroll.cli {
    requires static org.jspecify;
    requires dev.unroll.tasks;
    requires info.picocli;
    requires tools.jackson.databind;
}
