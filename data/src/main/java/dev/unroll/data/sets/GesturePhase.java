package dev.unroll.data.sets;

import java.util.Locale;

/** The movement of the hands in a frame of {@link GesturePhases} (Kendon; McNeill 1992). */
public enum GesturePhase {
    REST,
    PREPARATION,
    STROKE,
    HOLD,
    RETRACTION;

    /** Its name among the labels of the set. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
