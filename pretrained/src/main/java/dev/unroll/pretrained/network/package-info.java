/**
 * Networks of pretrained models that are put together from the layers of {@code dev.unroll.nn}, and
 * the kinds of positions that only they have.
 */
@NullMarked
package dev.unroll.pretrained.network;

import org.jspecify.annotations.NullMarked;
