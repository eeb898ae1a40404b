/** A program that uses Unroll, with what a user's program would state. */
module dev.unroll.hosts {
    requires static org.jspecify;
    requires dev.unroll.tasks;
    requires tools.jackson.databind;

    exports dev.unroll.hosts;

    provides dev.unroll.nn.recurrent.CellKind with
            dev.unroll.hosts.OwnCell;
}
