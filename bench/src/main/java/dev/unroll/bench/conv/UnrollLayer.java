package dev.unroll.bench.conv;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Backends;
import dev.unroll.backend.Buffer;
import dev.unroll.backend.Reduction;
import dev.unroll.backend.View;
import dev.unroll.bench.Contestant;

/** Our side of one layer, through the door every layer goes through. */
final class UnrollLayer implements Contestant {
    private final Layer layer;
    private final boolean backwards;
    private final Backend backend = Backends.current();
    private final View x;
    private final View w;
    private final View bias;
    private final View dy;
    private final View y;
    private final View dx;
    private final View dw;
    private final View dbias;
    private int runs;

    UnrollLayer(Layer layer, boolean backwards) {
        this.layer = layer;
        this.backwards = backwards;
        int side = layer.side();
        int[] images = {layer.batch(), layer.height(), layer.width(), layer.in()};
        int[] weights = {side, side, layer.in() / layer.groups(), layer.out()};
        int[] results = {
            layer.batch(),
            layer.window().rows(layer.height()),
            layer.window().columns(layer.width()),
            layer.out()
        };
        x = view(layer.images(), images);
        w = view(layer.weights(), weights);
        bias = view(layer.bias(), layer.out());
        dy = view(layer.slopes(), results);
        y = view(new float[View.size(results)], results);
        dx = view(new float[View.size(images)], images);
        dw = view(new float[View.size(weights)], weights);
        dbias = view(new float[layer.out()], 1, layer.out());
    }

    private View view(float[] values, int... dims) {
        Buffer buffer = backend.allocate(values.length);
        backend.write(values, buffer);
        return View.of(buffer, dims);
    }

    @Override
    public double run() {
        backend.images().convolve(layer.window(), x, w, bias, y);
        if (backwards) {
            backend.images().convolveInput(layer.window(), dy, w, dx);
            backend.images().convolveWeight(layer.window(), x, dy, dw);
            View rows = View.of(dy.buffer(), dy.size() / layer.out(), layer.out());
            backend.elementwise().reduce(Reduction.SUM, rows, dbias);
        }
        if (runs++ >= Layer.CHECKED) {
            return 0;
        }
        return backwards ? sum(dx) + sum(dw) + sum(dbias) : sum(y);
    }

    private double sum(View view) {
        float[] values = new float[view.size()];
        backend.read(view, values);
        return Layer.sum(values);
    }
}
