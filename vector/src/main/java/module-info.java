/** The backend on the JDK's Vector API. */
module dev.unroll.vector {
    requires static org.jspecify;
    requires dev.unroll.core;
    requires jdk.incubator.vector;
    requires jdk.management;

    provides dev.unroll.backend.BackendProvider with
            dev.unroll.vector.VectorBackendProvider;
}
