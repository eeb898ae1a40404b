package dev.unroll.vector;

import dev.unroll.backend.BackendProvider;
import dev.unroll.vector.base.Threads;

/**
 * Offers the {@link VectorBackend}. Names no class of jdk.incubator.vector itself, so that it loads
 * where that module is missing and can say so.
 */
public final class VectorBackendProvider implements BackendProvider {

    /** For {@link java.util.ServiceLoader}. */
    public VectorBackendProvider() {}

    private static final String MODULE = "jdk.incubator.vector";

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public int priority() {
        return 10;
    }

    @Override
    public Offer offer() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return new Offer.Unusable(
                    "the module "
                            + MODULE
                            + " is not there; start Java with --add-modules "
                            + MODULE);
        }
        int threads;
        try {
            threads = Threads.wanted();
        } catch (IllegalArgumentException e) {
            return new Offer.Unusable(String.valueOf(e.getMessage()));
        }
        if (VectorBackend.bits() < 128) {
            return new Offer.Unusable(
                    "this processor has no vector instructions that Java knows, and without them the"
                            + " Vector API is slow");
        }
        return new Offer.Usable(new VectorBackend(threads));
    }
}
