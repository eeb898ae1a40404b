package dev.unroll.data.sets;

/** What hands do in a frame of {@link GesturePhases} (Kendon; McNeill 1992). */
public enum GesturePhase {
    REST,
    PREPARATION,
    STROKE,
    HOLD,
    RETRACTION
}
