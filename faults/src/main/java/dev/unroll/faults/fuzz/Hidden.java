package dev.unroll.faults.fuzz;

import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.task.Runs;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;

/** Readers that only their own package may call. */
final class Hidden {
    private static final MethodHandle DATA = data();

    private Hidden() {}

    private static MethodHandle data() {
        try {
            Class<?> record = Class.forName("dev.unroll.tasks.task.DataRecord");
            return MethodHandles.privateLookupIn(Runs.class, MethodHandles.lookup())
                    .findStatic(
                            record, "read", MethodType.methodType(Optional.class, RunFolder.class))
                    .asType(MethodType.methodType(Object.class, RunFolder.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the reader of data.json has moved", e);
        }
    }

    /** Reads {@code data.json}. */
    static Object readData(RunFolder run) throws IOException {
        try {
            return (Object) DATA.invokeExact(run);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
