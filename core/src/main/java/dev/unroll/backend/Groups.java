package dev.unroll.backend;

/**
 * The groups of operations that a backend consists of. A backend on the Java heap can begin with
 * one group of its own and take the others from the scalar reference.
 *
 * @param elementwise operations on each element by itself
 * @param products matrix products
 * @param rows rows picked, added and grouped
 * @param normalisation softmax and norms along rows
 * @param losses losses on rows of logits
 * @param recurrence whole recurrences in one operation
 * @param scan linear recurrences, whose steps are shared among threads
 * @param attention attention in one operation
 * @param linearAttention linear attention in one operation
 * @param images convolution, pooling and resampling of images
 * @param updates steps of optimisers
 * @param inference few rows at a time against weights that stay
 * @param encoders whole layers of an encoder
 */
public record Groups(
        Elementwise elementwise,
        Products products,
        Rows rows,
        Normalisation normalisation,
        Losses losses,
        Recurrence recurrence,
        Scan scan,
        Attention attention,
        LinearAttentionOperations linearAttention,
        Images images,
        Updates updates,
        Inference inference,
        Encoders encoders) {}
