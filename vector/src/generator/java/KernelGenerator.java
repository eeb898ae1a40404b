import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes the innermost loops of module vector while it is built: {@code java KernelGenerator.java
 * TARGET_FOLDER}. The compiler keeps sums in registers only where each has a name of its own and no
 * loop counts over them, so that the loops must stand written out; what is true of all of a kind
 * stands in the generator of that kind.
 *
 * <p>A vector that receives a call is a local variable or a new one, never a constant: that is how
 * the compiler knows its class.
 */
final class KernelGenerator {
    private KernelGenerator() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0], "dev", "unroll", "vector");
        new RegisterBlocksGenerator().write(folder);
        new DepthwiseBlocksGenerator().write(folder);
        new FunctionLoopsGenerator().write(folder);
        new GateLoopsGenerator().write(folder);
    }
}
