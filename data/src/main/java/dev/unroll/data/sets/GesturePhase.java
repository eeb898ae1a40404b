package dev.unroll.data.sets;

/** The movement of the hands in a frame of {@link GesturePhases} (Kendon; McNeill 1992). */
public enum GesturePhase {
    REST,
    PREPARATION,
    STROKE,
    HOLD,
    RETRACTION
}
