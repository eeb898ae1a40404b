/**
 * Translating with a trained Transformer, beside a PyTorch that computes the whole prefix at each
 * step.
 *
 * <p>The search is the same code on both sides.
 */
@NullMarked
package dev.unroll.bench.translate;

import org.jspecify.annotations.NullMarked;
