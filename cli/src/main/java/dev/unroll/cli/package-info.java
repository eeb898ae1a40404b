/**
 * The {@code unroll} command, with one class for each sub-command.
 *
 * <p>A sub-command reads its options, asks the library, and prints the answer for people or, with
 * {@code --json}, as exactly one JSON object. Failures become a sentence and an exit code in one
 * place.
 */
@NullMarked
package dev.unroll.cli;

import org.jspecify.annotations.NullMarked;
