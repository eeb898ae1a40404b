package dev.unroll.tasks;

/**
 * An example with a model's answer, as text for people.
 *
 * @param input what was asked
 * @param expected the answer in the data; empty if there is no single one
 * @param output the model's answer
 */
public record Sample(String input, String expected, String output) {}
