package dev.unroll.tasks.task;

import dev.unroll.data.Corpus;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.run.Artefact;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives a task what is fitted on its training set besides the weights: where a training begins, it
 * is fitted and written into the run's folder; where a training goes on, or a trained run is
 * loaded, it is read from there, because the weights belong to it.
 *
 * @param <R> the task's recipe
 * @param <E> an example
 */
public final class Fitting<R extends Recipe, E> {

    /** The recipe and the data to fit on; null when a trained run is loaded. */
    private record Source<R, E>(R recipe, Corpus<E> corpus) {}

    private final RunFolder run;
    private final @Nullable Source<R, E> source;

    private Fitting(RunFolder run, @Nullable Source<R, E> source) {
        this.run = run;
        this.source = source;
    }

    /** For a training that begins or goes on in a folder. */
    static <R extends Recipe, E> Fitting<R, E> of(RunFolder run, R recipe, Corpus<E> corpus) {
        return new Fitting<>(run, new Source<>(recipe, corpus));
    }

    /** For a run that was trained. */
    static <R extends Recipe, E> Fitting<R, E> trained(RunFolder run) {
        return new Fitting<>(run, null);
    }

    /**
     * Whether a run has a content: as the recipe says when its training begins, and whether its
     * file is there ever after. A training that begins without it removes the file that another one
     * left, which was broken off before its first checkpoint.
     *
     * @param begins whether a training of the recipe begins with it
     * @return whether it has
     * @throws IOException if a file that was left cannot be removed
     */
    public boolean has(Artefact<?> artefact, Predicate<R> begins) throws IOException {
        if (source == null || TrainingRun.goesOn(run)) {
            return Files.isRegularFile(run.file(artefact));
        }
        boolean has = begins.test(source.recipe());
        if (!has) {
            run.withdraw(artefact);
        }
        return has;
    }

    /**
     * {@return a value that only a training has that begins; empty where one goes on, or a trained
     * run is loaded}
     *
     * @param value from the recipe
     */
    public <T> Optional<T> first(Function<R, T> value) {
        return source == null || TrainingRun.goesOn(run)
                ? Optional.empty()
                : Optional.of(value.apply(source.recipe()));
    }

    /**
     * Content that is fitted when a training begins and taken over ever after.
     *
     * @param fit from the recipe and the data to the content; not asked where it is taken over
     */
    public <T> T once(Artefact<T> artefact, BiFunction<R, Corpus<E>, T> fit) throws IOException {
        if (source == null || TrainingRun.goesOn(run)) {
            return artefact.read(run.file(artefact));
        }
        return written(artefact, fit.apply(source.recipe(), source.corpus()));
    }

    /**
     * Content that the data must still give when a training goes on.
     *
     * @param fit from the recipe and the data to the content
     * @param difference of the content before and now, in words that end the sentence "RUN learnt"
     * @throws RunException if the content differs from the one that the training began with
     */
    public <T> T same(
            Artefact<T> artefact, BiFunction<R, Corpus<E>, T> fit, Difference<T> difference)
            throws IOException {
        if (source == null) {
            return artefact.read(run.file(artefact));
        }
        T now = fit.apply(source.recipe(), source.corpus());
        if (!TrainingRun.goesOn(run)) {
            return written(artefact, now);
        }
        T before = artefact.read(run.file(artefact));
        if (!before.equals(now)) {
            throw new RunException(
                    "%s learnt %s; train another run for them, in another folder"
                            .formatted(run.directory(), difference.told(before, now)));
        }
        return now;
    }

    /** Tells how two contents differ. */
    @FunctionalInterface
    public interface Difference<T> {
        /** A part of a sentence such as "the classes [a], and the data have [a, b] now". */
        String told(T before, T now);
    }

    private <T> T written(Artefact<T> artefact, T content) throws IOException {
        run.announce(artefact);
        artefact.write(content, run.file(artefact));
        return content;
    }
}
