package dev.unroll.backend;

/**
 * Offers a backend to {@link Backends}. Providers are found by {@link java.util.ServiceLoader}. A
 * backend that is found late takes over from the scalar one in a running process: it reads the heap
 * buffers that were made before, and multiplies by weights that the scalar backend has fixed.
 */
public interface BackendProvider {

    /** The backend's name, as {@code UNROLL_BACKEND} says it. */
    String name();

    /** The best usable one is taken; the scalar reference has 0, others more. */
    int priority();

    /** Makes the backend, or says in one sentence why it cannot run here. */
    Offer offer();

    /** Either a backend, or the reason why there is none. */
    sealed interface Offer {
        /** The backend runs here. */
        record Usable(Backend backend) implements Offer {}

        /** The backend cannot run here; the reason is one sentence that says what to do. */
        record Unusable(String reason) implements Offer {}
    }
}
