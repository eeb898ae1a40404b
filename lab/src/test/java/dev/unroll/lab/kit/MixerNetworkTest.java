package dev.unroll.lab.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.lab.kit.Remembered.Batch;
import dev.unroll.lab.kit.Remembered.Example;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MixerNetworkTest {
    private static final AssociativeRecall TASK = new AssociativeRecall(20, 24, 3);

    static Stream<Mixer.Named> mixers() {
        return Stream.of(
                        List.of(RecallMixers.dense(), RecallMixers.window(4)),
                        RecallMixers.composed(4, 6),
                        RecallMixers.linear(),
                        RecallMixers.cells())
                .flatMap(List::stream);
    }

    private static MixerNetwork network(Mixer.Named mixer) {
        return MixerNetwork.of(mixer.factory(), TASK, 8, new Seed(1));
    }

    /** The loss of one question at a place, after one token was changed. */
    private static float loss(MixerNetwork network, int asked, int changed) {
        int[] ids = new int[24];
        Arrays.setAll(ids, t -> t == changed ? 19 : t % 10);
        Example example = new Example(ids, new int[] {asked}, new int[] {3}, new int[] {0});
        return network.loss(Batch.of(List.of(example))).item();
    }

    @ParameterizedTest
    @MethodSource("mixers")
    void noAnswerKnowsOfLaterTokens(Mixer.Named mixer) {
        MixerNetwork network = network(mixer);
        assertThat(loss(network, 12, 13)).isEqualTo(loss(network, 12, -1));
        assertThat(loss(network, 12, 12)).isNotEqualTo(loss(network, 12, -1));
    }

    @ParameterizedTest
    @MethodSource("mixers")
    void onlyAWindowByItselfForgetsWhatTwoLayersDoNotReach(Mixer.Named mixer) {
        MixerNetwork network = network(mixer);
        boolean window = mixer.name().equals("window of 4");
        float unchanged = loss(network, 12, -1);
        assertThat(loss(network, 12, 6)).isNotEqualTo(unchanged); // 2·(4 − 1) tokens back
        for (int changed : new int[] {0, 1, 5}) { // seen by the first tokens, too
            if (window) {
                assertThat(loss(network, 12, changed)).isEqualTo(unchanged);
            } else {
                assertThat(loss(network, 12, changed)).isNotEqualTo(unchanged);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("mixers")
    void theOutputSharesItsWeightsWithTheEmbedding(Mixer.Named mixer) {
        assertThat(Parameters.of(network(mixer)).keySet())
                .contains("embedding.weight", "output.bias")
                .doesNotContain("output.weight");
    }
}
