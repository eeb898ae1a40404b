package dev.unroll.backend;

/** Found by {@link java.util.ServiceLoader}: how a backend offers itself. */
public interface BackendProvider {

    /** The backend's name, as {@code UNROLL_BACKEND} says it. */
    String name();

    /** The best usable one is taken; the scalar reference has 0. */
    int priority();

    /** Makes the backend, or says in one sentence why it cannot run here. */
    Offer offer();

    /** What comes of asking. */
    sealed interface Offer {
        /** It runs. */
        record Usable(Backend backend) implements Offer {}

        /** It does not, and why. */
        record Unusable(String reason) implements Offer {}
    }
}
