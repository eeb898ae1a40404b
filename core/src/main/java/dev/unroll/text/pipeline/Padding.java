package dev.unroll.text.pipeline;

import java.util.OptionalInt;

/**
 * How a tokenizer file wants texts of a batch to be made equally long. Unroll pads nothing, so this
 * is only told.
 *
 * @param length of all texts; empty for that of the longest in a batch
 * @param multiple of which the length is to be; 1 for any
 * @param left whether padding stands to the left
 * @param id of the padding token
 * @param type of the padding token
 * @param token that pads
 */
public record Padding(
        OptionalInt length, int multiple, boolean left, int id, int type, String token) {}
