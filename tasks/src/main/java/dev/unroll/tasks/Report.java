package dev.unroll.tasks;

/**
 * How good a model is.
 *
 * @param figures for programs
 * @param text the same for people
 */
public record Report(Record figures, String text) {}
