package dev.unroll.backend.scalar;

import dev.unroll.backend.BackendProvider;

/**
 * Offers the {@link ScalarBackend}, which runs everywhere and is chosen where no other one runs.
 */
public final class ScalarBackendProvider implements BackendProvider {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Offer offer() {
        return new Offer.Usable(new ScalarBackend());
    }
}
