package dev.unroll.onnx.export;

import dev.unroll.mask.And;
import dev.unroll.mask.Blocks;
import dev.unroll.mask.Dilated;
import dev.unroll.mask.GlobalTokens;
import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Or;
import dev.unroll.mask.SlidingWindow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which keys a query may attend to, computed from their positions. */
final class ExportedMasks {
    private ExportedMasks() {}

    /**
     * {@return what heads see, [1 or heads, to, from]; null if all see everything}
     *
     * @param queries positions [to]
     * @param keys positions [from]
     */
    static @Nullable String of(
            GraphBuilder g, HeadMasks masks, int heads, String queries, String keys) {
        String q = g.unsqueeze(queries, 1); // [to, 1]
        if (masks.groups() == 1) {
            String one = of(g, masks.of(0, heads), q, keys);
            return one == null ? null : g.unsqueeze(one, 0);
        }
        List<String> all = new ArrayList<>();
        String last = "";
        for (int h = 0; h < heads; h++) {
            if (h == 0 || !masks.of(h, heads).equals(masks.of(h - 1, heads))) {
                String one = of(g, masks.of(h, heads), q, keys);
                String seen = one == null ? g.binary("Equal", one(g, q, keys), q) : one;
                last = g.unsqueeze(seen, 0);
            }
            all.add(last);
        }
        return g.concat(0, all);
    }

    /** q spread over all pairs. */
    private static String one(GraphBuilder g, String q, String keys) {
        return g.binary("Add", q, g.binary("Mul", keys, g.whole(0)));
    }

    private static @Nullable String of(GraphBuilder g, Mask mask, String q, String k) {
        return switch (mask) {
            case SlidingWindow window -> window(g, window.left(), window.right(), 1, q, k);
            case Dilated dilated -> {
                String far = window(g, dilated.left(), dilated.right(), dilated.step(), q, k);
                String rest = g.binary("Mod", g.binary("Sub", k, q), g.whole(dilated.step()));
                yield and(g, far, g.binary("Equal", rest, g.whole(0)));
            }
            case Blocks(int size) ->
                    g.binary(
                            "Equal",
                            g.binary("Div", q, g.whole(size)),
                            g.binary("Div", k, g.whole(size)));
            case GlobalTokens global -> {
                String seen = null;
                for (int position : global.positions()) {
                    String at = g.whole(position);
                    String here =
                            g.binary("Or", g.binary("Equal", q, at), g.binary("Equal", k, at));
                    seen = seen == null ? here : g.binary("Or", seen, here);
                }
                yield seen == null ? g.binary("Less", one(g, q, k), g.whole(-1)) : seen;
            }
            case And(Mask a, Mask b) -> {
                String ofA = of(g, a, q, k);
                String ofB = of(g, b, q, k);
                yield ofA == null ? ofB : ofB == null ? ofA : and(g, ofA, ofB);
            }
            case Or(Mask a, Mask b) -> {
                String ofA = of(g, a, q, k);
                String ofB = of(g, b, q, k);
                yield ofA == null || ofB == null ? null : g.binary("Or", ofA, ofB);
            }
            default ->
                    throw new OnnxExportException(
                            ("the mask %s cannot be exported: which keys it sees is no formula of the"
                                            + " positions")
                                    .formatted(mask.getClass().getSimpleName()));
        };
    }

    private static @Nullable String window(
            GraphBuilder g, int left, int right, int step, String q, String k) {
        String seen = null;
        if (left != Mask.NO_LIMIT) {
            String first = g.binary("Sub", q, g.whole((long) left * step));
            seen = g.binary("GreaterOrEqual", k, first);
        }
        if (right != Mask.NO_LIMIT) {
            String last = g.binary("Add", q, g.whole((long) right * step));
            seen = and(g, seen, g.binary("LessOrEqual", k, last));
        }
        return seen;
    }

    private static String and(GraphBuilder g, @Nullable String a, String b) {
        return a == null ? b : g.binary("And", a, b);
    }
}
