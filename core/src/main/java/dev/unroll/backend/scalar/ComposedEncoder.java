package dev.unroll.backend.scalar;

import dev.unroll.backend.Attention;
import dev.unroll.backend.Binary;
import dev.unroll.backend.Elementwise;
import dev.unroll.backend.EncoderStack;
import dev.unroll.backend.EncoderStack.Layer;
import dev.unroll.backend.EncoderStack.Norm;
import dev.unroll.backend.EncoderStack.Product;
import dev.unroll.backend.Encoders;
import dev.unroll.backend.Inference;
import dev.unroll.backend.Normalisation;
import dev.unroll.backend.QueryKeyValue;
import dev.unroll.backend.View;
import dev.unroll.memory.ArrayBuffer;
import dev.unroll.memory.Workspace;
import java.util.ArrayList;
import java.util.List;

/**
 * An encoder's layers out of single operations: the reference, and the way of a backend that has
 * nothing faster.
 *
 * @param inference for the products
 * @param attention for the attention
 * @param elementwise for sums and the functions between products
 * @param normalisation for the norms
 */
public record ComposedEncoder(
        Inference inference,
        Attention attention,
        Elementwise elementwise,
        Normalisation normalisation)
        implements Encoders {

    @Override
    public void encode(EncoderStack stack, View x, View y) {
        elementwise.copy(x, y);
        for (Layer layer : stack.layers()) {
            layer(stack, layer, y);
        }
    }

    /** One layer, in place. */
    private void layer(EncoderStack stack, Layer layer, View h) {
        Room room = new Room(stack.rows());
        View a = stack.preNorm() ? norm(layer.attentionNorm(), h, room) : h;
        QueryKeyValue qkv =
                new QueryKeyValue(
                        product(layer.query(), a, room),
                        product(layer.key(), a, room),
                        product(layer.value(), a, room));
        View attended = room.matrix(layer.output().weights().in());
        View sums = room.matrix(stack.attention().heads());
        attention.attend(stack.attention(), qkv, attended, sums);
        add(stack, layer.attentionNorm(), h, product(layer.output(), attended, room), room);
        View b = stack.preNorm() ? norm(layer.feedForwardNorm(), h, room) : h;
        View inside = product(layer.in(), b, room);
        View bent = room.matrix(inside.dim(1));
        elementwise.map(layer.function(), inside, bent);
        add(stack, layer.feedForwardNorm(), h, product(layer.out(), bent, room), room);
        room.release();
    }

    private View product(Product of, View x, Room room) {
        View y = room.matrix(of.weights().out());
        inference.multiply(x, of.weights(), of.bias(), y);
        return y;
    }

    /** h = norm(h + fx), or h = h + fx where the norm comes first. */
    private void add(EncoderStack stack, Norm norm, View h, View fx, Room room) {
        View sum = room.matrix(h.dim(1));
        elementwise.map(Binary.PLUS, h, fx, sum);
        elementwise.copy(stack.preNorm() ? sum : norm(norm, sum, room), h);
    }

    private View norm(Norm norm, View x, Room room) {
        View y = room.matrix(x.dim(1));
        View mean = room.row();
        View inverse = room.row();
        normalisation.layerNorm(x, norm.gain(), norm.bias(), norm.epsilon(), y, mean, inverse);
        return y;
    }

    /** Buffers of one layer. */
    private static final class Room {
        private final int rows;
        private final List<ArrayBuffer> made = new ArrayList<>();

        Room(int rows) {
            this.rows = rows;
        }

        View matrix(int columns) {
            return View.of(buffer(rows * columns), rows, columns);
        }

        View row() {
            return View.of(buffer(rows), rows);
        }

        private ArrayBuffer buffer(int size) {
            ArrayBuffer buffer = Workspace.allocate(size);
            made.add(buffer);
            return buffer;
        }

        void release() {
            made.forEach(Workspace::release);
        }
    }
}
