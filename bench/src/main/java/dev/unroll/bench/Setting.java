package dev.unroll.bench;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Settings that works may need from outside.
 *
 * @param run the folder of a trained translation model; null: none was named
 */
public record Setting(@Nullable Path run) {}
