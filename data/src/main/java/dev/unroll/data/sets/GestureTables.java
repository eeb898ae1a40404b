package dev.unroll.data.sets;

import dev.unroll.data.DataException;
import dev.unroll.data.sets.LabelledVideoSet.Recording;
import dev.unroll.data.table.TextLines;
import java.util.ArrayList;
import java.util.List;

/** Reads the two tables of a video of {@link GesturePhases} and joins them. */
final class GestureTables {
    private static final int JOINTS = 18;
    private static final int MOTION = 32;

    /** The frames at the start that have no velocity. */
    private static final int WITHOUT_MOTION = 4;

    private GestureTables() {}

    static Recording join(String name, TextLines raw, TextLines motion) throws DataException {
        int frames = motion.count() - 1;
        if (frames < 1 || raw.count() - 1 != frames + WITHOUT_MOTION) {
            throw new DataException(
                    ("%s has %,d lines and %s %,d: the first has %d frames more, which have no"
                                    + " velocity yet; delete both and fetch them again")
                            .formatted(
                                    raw.name(),
                                    raw.count(),
                                    motion.name(),
                                    motion.count(),
                                    WITHOUT_MOTION));
        }
        float[][] joints = new float[frames][];
        List<String> phases = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            int line = 1 + WITHOUT_MOTION + i;
            String[] position = columns(raw, line, JOINTS + 2);
            String[] change = columns(motion, 1 + i, MOTION + 1);
            joints[i] = numbers(raw, line, position);
            GesturePhase phase = phase(raw, line, position[JOINTS + 1]);
            if (phase != letter(motion, 1 + i, change[MOTION])) {
                throw motion.malformed(
                        1 + i,
                        "its phase is '%s', but line %,d of %s says '%s'"
                                .formatted(
                                        change[MOTION],
                                        line + 1,
                                        raw.name(),
                                        position[JOINTS + 1]));
            }
            phases.add(phase.label());
        }
        return new Recording(name, name.substring(0, 1), joints, phases);
    }

    private static String[] columns(TextLines lines, int index, int count) throws DataException {
        String[] columns = lines.notBlank(index).split(",", -1);
        if (columns.length != count) {
            throw lines.malformed(
                    index, "it has %d columns, not %d".formatted(columns.length, count));
        }
        return columns;
    }

    private static float[] numbers(TextLines lines, int index, String[] columns)
            throws DataException {
        float[] numbers = new float[JOINTS];
        for (int i = 0; i < JOINTS; i++) {
            try {
                numbers[i] = Float.parseFloat(columns[i]);
            } catch (NumberFormatException e) {
                numbers[i] = Float.NaN;
            }
            if (!Float.isFinite(numbers[i])) {
                throw lines.malformed(
                        index, "column %d is '%s', not a number".formatted(i + 1, columns[i]));
            }
        }
        return numbers;
    }

    private static GesturePhase phase(TextLines lines, int index, String text)
            throws DataException {
        return switch (text) {
            case "Rest" -> GesturePhase.REST;
            // One line of the published b1_raw.csv has the Portuguese word.
            case "Preparation", "Preparação" -> GesturePhase.PREPARATION;
            case "Stroke" -> GesturePhase.STROKE;
            case "Hold" -> GesturePhase.HOLD;
            case "Retraction" -> GesturePhase.RETRACTION;
            default -> throw unknown(lines, index, text);
        };
    }

    private static GesturePhase letter(TextLines lines, int index, String text)
            throws DataException {
        return switch (text) {
            case "D" -> GesturePhase.REST;
            case "P" -> GesturePhase.PREPARATION;
            case "S" -> GesturePhase.STROKE;
            case "H" -> GesturePhase.HOLD;
            case "R" -> GesturePhase.RETRACTION;
            default -> throw unknown(lines, index, text);
        };
    }

    private static DataException unknown(TextLines lines, int index, String text) {
        return lines.malformed(index, "'" + text + "' is no phase of a gesture");
    }
}
