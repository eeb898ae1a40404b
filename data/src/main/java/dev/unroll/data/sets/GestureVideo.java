package dev.unroll.data.sets;

import java.util.List;

/**
 * One recording of {@link GesturePhases}, frame by frame.
 *
 * @param name a letter for the person, a digit for the story they tell, such as {@code a1}
 * @param joints [frames, 18]: x, y and z of left hand, right hand, head, spine, left wrist and
 *     right wrist, as the sensor gives them
 * @param timestamps [frames]: as the recorder gives them
 * @param motion [frames, 32]: x, y and z of velocity (12) and of acceleration (12) of left hand,
 *     right hand, left wrist and right wrist, then their scalar velocities (4) and accelerations
 *     (4)
 * @param phases one a frame
 */
public record GestureVideo(
        String name,
        float[][] joints,
        long[] timestamps,
        float[][] motion,
        List<GesturePhase> phases) {

    public GestureVideo {
        phases = List.copyOf(phases);
        int frames = phases.size();
        if (joints.length != frames || timestamps.length != frames || motion.length != frames) {
            throw new IllegalArgumentException(
                    "video %s: %d frames of joints, %d timestamps, %d of motion, %d phases"
                            .formatted(
                                    name, joints.length, timestamps.length, motion.length, frames));
        }
    }

    /** {@return the person who is seen: {@code a}, {@code b} or {@code c}} */
    public String person() {
        return name.substring(0, 1);
    }

    /** {@return the number of frames} */
    public int frames() {
        return phases.size();
    }
}
