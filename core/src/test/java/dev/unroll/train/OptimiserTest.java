package dev.unroll.train;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Optimisers against the papers' algorithms, written once more in double precision. */
class OptimiserTest {
    private static final int STEPS = 12;

    /** A matrix, which decays, and a bias, which does not. */
    private static Map<String, Parameter> parameters() {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        parameters.put("weight", Parameter.of(Numbers.of(1, 3, 5).toArray(), 3, 5));
        parameters.put("bias", Parameter.of(Numbers.of(2, 4).toArray(), 4));
        return parameters;
    }

    /** The gradient of a parameter at a step, the same whatever its numbers are. */
    private static Tensor gradient(String name, Parameter parameter, long step) {
        return Numbers.of(name.hashCode() + step, parameter.shape().dims());
    }

    private static Gradients gradients(Map<String, Parameter> parameters, long step) {
        return Gradients.of(
                () -> {
                    Tensor sum = Tensor.scalar(0);
                    for (Map.Entry<String, Parameter> p : parameters.entrySet()) {
                        Tensor g = gradient(p.getKey(), p.getValue(), step);
                        sum = sum.plus(p.getValue().value().times(g).sum());
                    }
                    return sum;
                });
    }

    /** One number's way: weight, gradient and step give the weight after it. */
    private interface Rule {
        double next(double w, double g, int step);
    }

    private interface Rules {
        Rule of(double decay);
    }

    /** The fused kernel and the formula both follow a rule. */
    private static void assertFollows(
            Optimiser fused, double decay, Clip clip, double limit, Rules rules) {
        assertOneFollows(fused, decay, clip, limit, rules);
        assertOneFollows(new ByFormula(fused), decay, clip, limit, rules);
    }

    /** An optimiser without its fused kernel. */
    private record ByFormula(Optimiser fused) implements Optimiser {
        @Override
        public List<String> state() {
            return fused.state();
        }

        @Override
        public Tensor formula(
                Tensor weights, Tensor gradient, OptimiserState.Slots state, Step step) {
            return fused.formula(weights, gradient, state, step);
        }
    }

    private static void assertOneFollows(
            Optimiser optimiser, double decay, Clip clip, double limit, Rules rules) {
        Map<String, Parameter> parameters = parameters();
        OptimiserState state = OptimiserState.of(optimiser, parameters);
        Map<String, Rule[]> all = new LinkedHashMap<>();
        Map<String, double[]> expected = new LinkedHashMap<>();
        parameters.forEach(
                (name, p) -> {
                    Rule[] own = new Rule[p.size()];
                    double[] values = new double[p.size()];
                    for (int i = 0; i < own.length; i++) {
                        own[i] = rules.of(p.shape().rank() > 1 ? decay : 0);
                        values[i] = p.value().toArray()[i];
                    }
                    all.put(name, own);
                    expected.put(name, values);
                });
        for (int step = 1; step <= STEPS; step++) {
            optimiser.step(parameters, gradients(parameters, step), state, 0.05, clip, step);
            for (Map.Entry<String, Parameter> p : parameters.entrySet()) {
                float[] g = gradient(p.getKey(), p.getValue(), step).toArray();
                double[] w = requireNonNull(expected.get(p.getKey()));
                Rule[] own = requireNonNull(all.get(p.getKey()));
                for (int i = 0; i < w.length; i++) {
                    double limited = Math.clamp(g[i], -limit, limit);
                    w[i] = own[i].next(w[i], limited, step);
                    assertThat((double) p.getValue().value().toArray()[i])
                            .as("%s[%d] after step %d", p.getKey(), i, step)
                            .isCloseTo(w[i], Offset.offset(1e-5));
                }
            }
        }
    }

    private static Rules sgd(double momentum, boolean nesterov) {
        return decay ->
                new Rule() {
                    private double v;

                    @Override
                    public double next(double w, double g, int step) {
                        double d = g + decay * w;
                        v = momentum * v + d;
                        return w - 0.05 * (nesterov ? d + momentum * v : v);
                    }
                };
    }

    private static Rules adam(double beta1, double beta2, double epsilon) {
        return decay ->
                new Rule() {
                    private double m;
                    private double v;

                    @Override
                    public double next(double w, double g, int step) {
                        m = beta1 * m + (1 - beta1) * g;
                        v = beta2 * v + (1 - beta2) * g * g;
                        double mean = m / (1 - Math.pow(beta1, step));
                        double square = v / (1 - Math.pow(beta2, step));
                        return w - 0.05 * decay * w - 0.05 * mean / (Math.sqrt(square) + epsilon);
                    }
                };
    }

    private static final double FREE = Double.POSITIVE_INFINITY;

    @Test
    void sgd_follows_its_formula() {
        assertFollows(new Sgd(0, false, 0), 0, Clip.NONE, FREE, sgd(0, false));
        assertFollows(new Sgd(0.9, false, 0.1), 0.1, Clip.NONE, FREE, sgd(0.9, false));
        assertFollows(new Sgd(0.8, true, 0.1), 0.1, Clip.NONE, FREE, sgd(0.8, true));
    }

    @Test
    void adam_follows_its_formula() {
        assertFollows(Adam.standard(), 0, Clip.NONE, FREE, adam(0.9, 0.999, 1e-8));
        assertFollows(new Adam(0.7, 0.95, 0.01), 0, Clip.NONE, FREE, adam(0.7, 0.95, 0.01));
    }

    @Test
    void adam_with_decay_shrinks_matrices_and_not_vectors() {
        AdamW adamW = new AdamW(0.9, 0.98, 1e-9, 0.3);
        assertFollows(adamW, 0.3, Clip.NONE, FREE, adam(0.9, 0.98, 1e-9));
    }

    @Test
    void numbers_are_cut_to_a_value() {
        assertFollows(new Sgd(0, false, 0), 0, Clip.value(0.3), 0.3, sgd(0, false));
    }

    @Test
    void the_fused_kernel_and_the_formula_keep_the_same_state() {
        for (Optimiser fused : optimisers().toList()) {
            Map<String, float[]> byKernel = stateAfter(fused);
            Map<String, float[]> byFormula = stateAfter(new ByFormula(fused));
            assertThat(byFormula.keySet()).isEqualTo(byKernel.keySet());
            byKernel.forEach(
                    (name, values) ->
                            Numbers.assertClose(requireNonNull(byFormula.get(name)), values, 1e-6));
        }
    }

    private static Map<String, float[]> stateAfter(Optimiser optimiser) {
        Map<String, Parameter> parameters = parameters();
        OptimiserState state = OptimiserState.of(optimiser, parameters);
        for (int step = 1; step <= 3; step++) {
            Gradients gradients = gradients(parameters, step);
            optimiser.step(parameters, gradients, state, 0.05, new Clip.Limits(1, 0.2), step);
        }
        return all(parameters, state);
    }

    /** The sign of the gradient's mean (Chen et al. 2023, algorithm 2), its decay left out. */
    private record Lion(double beta1, double beta2) implements Optimiser {
        @Override
        public List<String> state() {
            return List.of("mean");
        }

        @Override
        public Tensor formula(
                Tensor weights, Tensor gradient, OptimiserState.Slots state, Step step) {
            Tensor mean = state.get("mean");
            Tensor mixed = mix(beta1, mean, gradient);
            state.set("mean", mix(beta2, mean, gradient));
            Tensor sign = mixed.dividedBy(mixed.abs());
            return weights.minus(sign.times((float) step.learningRate()));
        }

        private static Tensor mix(double beta, Tensor a, Tensor b) {
            return a.times((float) beta).plus(b.times((float) (1 - beta)));
        }
    }

    @Test
    void an_optimiser_of_ones_own_is_its_formula_and_the_names_of_its_state() {
        Rules lion =
                decay ->
                        new Rule() {
                            private double m;

                            @Override
                            public double next(double w, double g, int step) {
                                double sign = Math.signum(0.9 * m + 0.1 * g);
                                m = 0.5 * m + 0.5 * g;
                                return w - 0.05 * sign;
                            }
                        };
        assertOneFollows(new Lion(0.9, 0.5), 0, Clip.NONE, FREE, lion);
    }

    @Test
    void a_formula_that_gives_another_shape_or_names_an_unknown_state_is_refused() {
        Parameter p = Parameter.full(1, 2, 3);
        Gradients g = Gradients.of(() -> p.value().sum());
        Map<String, Parameter> parameters = Map.of("p", p);
        Optimiser sum = own((weights, state) -> weights.sum());
        assertThatThrownBy(() -> step(sum, parameters, g))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the formula's weights must have the parameter's shape");
        Optimiser misnamed = own((weights, state) -> state.get("men"));
        assertThatThrownBy(() -> step(misnamed, parameters, g))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no optimiser state 'men'; there are [mean]");
    }

    private static void step(Optimiser optimiser, Map<String, Parameter> parameters, Gradients g) {
        optimiser.step(parameters, g, OptimiserState.of(optimiser, parameters), 0.1, Clip.NONE, 1);
    }

    private static Optimiser own(BiFunction<Tensor, OptimiserState.Slots, Tensor> formula) {
        return new Optimiser() {
            @Override
            public List<String> state() {
                return List.of("mean");
            }

            @Override
            public Tensor formula(
                    Tensor weights, Tensor gradient, OptimiserState.Slots state, Step step) {
                return formula.apply(weights, state);
            }
        };
    }

    @Test
    void gradients_of_all_parameters_together_are_scaled_down_to_a_norm() {
        Map<String, Parameter> parameters = parameters();
        Map<String, float[]> before = new LinkedHashMap<>();
        parameters.forEach((name, p) -> before.put(name, p.value().toArray()));
        Optimiser optimiser = Sgd.plain();
        OptimiserState state = OptimiserState.of(optimiser, parameters);
        double norm =
                optimiser.step(parameters, gradients(parameters, 1), state, 1, Clip.norm(0.5), 1);
        double square = 0;
        double moved = 0;
        for (Map.Entry<String, Parameter> p : parameters.entrySet()) {
            float[] g = gradient(p.getKey(), p.getValue(), 1).toArray();
            float[] after = p.getValue().value().toArray();
            float[] was = requireNonNull(before.get(p.getKey()));
            for (int i = 0; i < g.length; i++) {
                square += (double) g[i] * g[i];
                moved += Math.pow((double) after[i] - was[i], 2);
            }
        }
        assertThat(norm).isCloseTo(Math.sqrt(square), Offset.offset(1e-6)).isGreaterThan(0.5);
        assertThat(Math.sqrt(moved)).isCloseTo(0.5, Offset.offset(1e-6));
    }

    @Test
    void a_norm_within_the_limit_changes_nothing() {
        assertFollows(new Sgd(0, false, 0), 0, Clip.norm(1e6), FREE, sgd(0, false));
    }

    @Test
    void scaling_comes_before_cutting() {
        Parameter p = Parameter.of(new float[] {0, 0}, 2);
        Map<String, Parameter> parameters = Map.of("p", p);
        Gradients g = Gradients.of(() -> p.value().times(Tensor.of(new float[] {3, 4}, 2)).sum());
        // of norm 5, scaled to 0.6 and 0.8 and cut to 0.7
        Optimiser optimiser = Sgd.plain();
        OptimiserState state = OptimiserState.of(optimiser, parameters);
        optimiser.step(parameters, g, state, 1, new Clip.Limits(1, 0.7), 1);
        assertThat(p.value().toArray())
                .containsExactly(new float[] {-0.6f, -0.7f}, Offset.offset(1e-6f));
    }

    static Stream<Optimiser> optimisers() {
        return Stream.of(new Sgd(0.9, true, 0.1), Adam.standard(), new AdamW(0.9, 0.99, 1e-8, 0.1));
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void a_gradient_that_is_no_number_is_refused_and_nothing_has_changed(Optimiser optimiser) {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            Map<String, Parameter> parameters = parameters();
            OptimiserState state = OptimiserState.of(optimiser, parameters);
            optimiser.step(parameters, gradients(parameters, 1), state, 0.1, Clip.NONE, 1);
            Map<String, float[]> before = all(parameters, state);
            Parameter bias = requireNonNull(parameters.get("bias"));
            Parameter weight = requireNonNull(parameters.get("weight"));
            Gradients wrong =
                    Gradients.of(
                            () ->
                                    bias.value()
                                            .times(Tensor.of(new float[] {1, bad, 1, 1}, 4))
                                            .sum()
                                            .plus(weight.value().sum()));
            assertThatThrownBy(() -> optimiser.step(parameters, wrong, state, 0.1, Clip.NONE, 2))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessageContaining("step 2")
                    .hasMessageContaining("learning rate");
            Map<String, float[]> after = all(parameters, state);
            before.forEach((name, values) -> assertThat(after.get(name)).isEqualTo(values));
        }
    }

    private static Map<String, float[]> all(
            Map<String, Parameter> parameters, OptimiserState state) {
        Map<String, float[]> all = new LinkedHashMap<>();
        parameters.forEach((name, p) -> all.put(name, p.value().toArray()));
        state.tensors().forEach((name, p) -> all.put("state " + name, p.value().toArray()));
        return all;
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void a_parameter_without_gradient_stays_and_does_not_decay(Optimiser optimiser) {
        Map<String, Parameter> parameters = parameters();
        Parameter weight = requireNonNull(parameters.get("weight"));
        Parameter bias = requireNonNull(parameters.get("bias"));
        float[] before = weight.value().toArray();
        Gradients ofBias = Gradients.of(() -> bias.value().sum());
        optimiser.step(
                parameters, ofBias, OptimiserState.of(optimiser, parameters), 0.1, Clip.NONE, 1);
        assertThat(weight.value().toArray()).isEqualTo(before);
    }

    @Test
    void state_belongs_to_its_parameters() {
        Map<String, Parameter> parameters = parameters();
        Adam adam = Adam.standard();
        OptimiserState others = OptimiserState.of(adam, Map.of("other", Parameter.full(0, 4)));
        Gradients gradients = gradients(parameters, 1);
        assertThatThrownBy(() -> adam.step(parameters, gradients, others, 0.1, Clip.NONE, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weight");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void momentum_and_betas_are_shares(double wrong) {
        assertThatThrownBy(() -> new Sgd(wrong, false, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0, 1)");
        assertThatThrownBy(() -> new Adam(wrong, 0.9, 1e-8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0, 1)");
        assertThatThrownBy(() -> new Adam(0.9, wrong, 1e-8))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AdamW(0.9, 0.9, 1e-8, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void limits_are_above_0(double wrong) {
        assertThatThrownBy(() -> Clip.norm(wrong)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Clip.value(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
}
