package dev.unroll.backend;

/** Steps of optimisers, each in one pass over contiguous views of the same size. */
public interface Updates {

    /** Σ x², in double precision. */
    double sumOfSquares(View x);

    /**
     * The settings of an Adam step (Kingma and Ba 2015, algorithm 1; decoupled decay: Loshchilov
     * and Hutter 2019, algorithm 2).
     *
     * @param rate learning rate
     * @param beta1 decay of the mean
     * @param beta2 decay of the mean square
     * @param epsilon added to the root
     * @param decay weights shrink by rate·decay
     * @param gradientScale the gradient is multiplied by this first: clipping by norm
     * @param gradientLimit then cut to ± this: clipping by value; infinity for none
     * @param step number of this step, from 1
     */
    record Adam(
            float rate,
            float beta1,
            float beta2,
            float epsilon,
            float decay,
            float gradientScale,
            float gradientLimit,
            long step) {}

    /** Replaces the weights w, the mean m and the mean square v. */
    void adam(Adam how, View w, View gradient, View m, View v);

    /**
     * The settings of a step of gradient descent: v ← momentum·v + g + decay·w, then w ← w −
     * rate·v, or with Nesterov's look-ahead w ← w − rate·(g + decay·w + momentum·v).
     */
    record Momentum(
            float rate,
            float momentum,
            boolean nesterov,
            float decay,
            float gradientScale,
            float gradientLimit) {}

    /** Replaces the weights w and the velocity v. */
    void momentum(Momentum how, View w, View gradient, View velocity);
}
