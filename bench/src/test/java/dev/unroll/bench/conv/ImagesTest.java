package dev.unroll.bench.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.bench.Contestant;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImagesTest {

    /**
     * On some processors the gradients of PyTorch's oneDNN differ from call to call, and are NaN in
     * some; its own loops are held to here.
     */
    @BeforeAll
    static void withoutOneDnn() {
        torch.globalContext().setUserEnabledMkldnn(false);
    }

    @AfterAll
    static void withOneDnn() {
        torch.globalContext().setUserEnabledMkldnn(true);
    }

    @ParameterizedTest
    @EnumSource
    void anOperationOnImagesGivesPyTorchsNumbers(Operation operation) {
        agree(new Pass(operation, 2, 7, 9, 12, false));
        agree(new Pass(operation, 3, 8, 6, 20, false));
    }

    @ParameterizedTest
    @EnumSource
    void anOperationOnImagesHasPyTorchsDerivatives(Operation operation) {
        agree(new Pass(operation, 2, 7, 9, 12, true));
        agree(new Pass(operation, 3, 8, 6, 20, true));
    }

    @ParameterizedTest
    @CsvSource({"3,5,3,1,1", "3,16,3,2,1", "8,8,5,1,8", "6,4,3,2,2", "16,1,3,1,1", "4,6,1,1,1"})
    void aConvolutionHasPyTorchsNumbersAndDerivatives(
            int in, int out, int side, int stride, int groups) {
        Layer layer = new Layer(2, 9, 11, in, out, side, stride, groups);
        for (boolean backwards : new boolean[] {false, true}) {
            agree(new UnrollLayer(layer, backwards), new PyTorchLayer(layer, backwards));
        }
    }

    private static void agree(Pass pass) {
        agree(pass.unroll(), new PyTorchPass(pass));
    }

    /** The derivatives of norms nearly cancel each other in their sum. */
    private static void agree(Contestant ours, Contestant theirs) {
        try (ours;
                theirs) {
            double expected = theirs.run();
            assertThat(expected).isNotZero();
            assertThat(ours.run()).isCloseTo(expected, within(1e-4 * Math.abs(expected)));
        }
    }
}
