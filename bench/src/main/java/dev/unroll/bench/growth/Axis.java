package dev.unroll.bench.growth;

import java.util.List;

/** The quantity that is varied while the others stay. */
@SuppressWarnings("ImmutableEnumChecker") // both lists are List.of
enum Axis {
    /** Tokens in a sequence. */
    LENGTH(
            "sequence length, tokens",
            List.of(64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384),
            List.of(
                    Network.LSTM,
                    Network.MINGRU,
                    Network.TRANSFORMER,
                    Network.WINDOW,
                    Network.LINEAR)) {
        @Override
        Size at(int value) {
            return new Size(4, value, 128);
        }
    },
    /** Sequences side by side. */
    BATCH(
            "sequences in a batch",
            List.of(1, 2, 4, 8, 16, 32, 64, 128),
            List.of(Network.LSTM, Network.TRANSFORMER)) {
        @Override
        Size at(int value) {
            return new Size(value, 64, 128);
        }
    },
    /** Numbers in a row. */
    WIDTH(
            "width (hidden units)",
            List.of(32, 64, 128, 256, 512, 1024),
            List.of(Network.LSTM, Network.TRANSFORMER)) {
        @Override
        Size at(int value) {
            return new Size(16, 64, value);
        }
    };

    final String label;
    final List<Integer> values;
    final List<Network> networks;

    Axis(String label, List<Integer> values, List<Network> networks) {
        this.label = label;
        this.values = values;
        this.networks = networks;
    }

    /** The size of batch and network at a place on the axis. */
    abstract Size at(int value);

    /** The size of batch and network. */
    record Size(int batch, int length, int width) {}
}
