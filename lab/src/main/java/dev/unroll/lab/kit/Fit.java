package dev.unroll.lab.kit;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Adam;
import dev.unroll.train.Clip;
import dev.unroll.train.Objective;
import dev.unroll.train.Schedule;
import dev.unroll.train.Training;
import dev.unroll.train.TrainingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A short training with Adam, a new batch at each step.
 *
 * @param steps how many
 * @param learningRate of Adam
 * @param clip limits on gradients
 * @param schedule of the learning rate
 */
public record Fit(int steps, double learningRate, Clip clip, Schedule schedule) {

    /** The loss of a step. */
    @FunctionalInterface
    public interface StepLoss {
        /**
         * {@return the loss of a batch that is made for this step}
         *
         * @param step from 1
         */
        Tensor of(long step);
    }

    /** A training whose gradients are scaled down to a norm of 1. */
    public static Fit of(int steps, double learningRate) {
        return new Fit(steps, learningRate, Clip.norm(1), new Schedule.Constant(0));
    }

    /** {@return the same training with other limits on gradients} */
    public Fit with(Clip other) {
        return new Fit(steps, learningRate, other, schedule);
    }

    /** {@return the same training with another schedule of the learning rate} */
    public Fit schedule(Schedule other) {
        return new Fit(steps, learningRate, clip, other);
    }

    /**
     * Trains a model.
     *
     * @return what happened at each step
     * @throws ArithmeticException if the loss is not a number
     */
    public List<TrainingEvent.Stepped> train(Model model, StepLoss loss) {
        List<TrainingEvent.Stepped> log = new ArrayList<>();
        Training.of(Adam.standard(), learningRate)
                .clip(clip)
                .schedule(schedule)
                .steps(steps)
                .listen(
                        event -> {
                            if (event instanceof TrainingEvent.Stepped stepped) {
                                log.add(stepped);
                            }
                        })
                .run(new Steps(model.parameters(), steps, loss));
        return log;
    }

    private record Steps(Map<String, Parameter> parameters, int steps, StepLoss loss)
            implements Objective<Long> {
        @Override
        public List<Long> batches(int epoch) {
            return LongStream.rangeClosed(1, steps).boxed().toList();
        }

        @Override
        public Tensor loss(Long step, Mode mode) {
            return loss.of(step);
        }
    }
}
