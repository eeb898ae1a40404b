package dev.unroll.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Groups;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    @Test
    void whoNeverBeginsComputesWithVectors() {
        VectorBackend backend = new VectorBackend(1, WarmUp.Rule.MEASURE);
        assertThat(backend.groups()).isSameAs(backend.groups());
        assertThat(Part.mixed(EnumSet.allOf(Part.class), backend.groups(), backend.groups()))
                .isEqualTo(backend.groups());
    }

    @Test
    void plainLoopsGiveWayToVectors() throws Exception {
        VectorBackend backend = new VectorBackend(1, WarmUp.Rule.MEASURE);
        Groups vectors = backend.groups();
        var end = backend.warmUp();
        assertThat(backend.warmUp()).isSameAs(end);
        end.get(5, TimeUnit.MINUTES);
        assertThat(backend.groups()).isEqualTo(vectors);
    }

    @Test
    void whatIsAskedForComesBeforeTheRest() throws Exception {
        VectorBackend backend = new VectorBackend(1, WarmUp.Rule.MEASURE);
        Groups vectors = backend.groups();
        assertThat(backend.encoders()).isEqualTo(vectors.encoders());
        var encoders = backend.warmUp();
        assertThat(backend.encoders()).isNotEqualTo(vectors.encoders());
        encoders.get(5, TimeUnit.MINUTES);
        assertThat(backend.groups().encoders()).isEqualTo(vectors.encoders());
        assertThat(backend.groups()).isNotEqualTo(vectors);
    }

    @Test
    void whatIsAskedForLaterIsAwaitedByWhoeverAsksAgain() throws Exception {
        VectorBackend backend = new VectorBackend(1, WarmUp.Rule.MEASURE);
        Groups vectors = backend.groups();
        var _ = backend.warmUp();
        backend.scan();
        backend.warmUp().get(5, TimeUnit.MINUTES);
        assertThat(backend.scan()).isEqualTo(vectors.scan());
        backend.encoders();
        backend.warmUp().get(5, TimeUnit.MINUTES);
        assertThat(backend.encoders()).isEqualTo(vectors.encoders());
    }

    @Test
    void aRuleForTheProcessLeavesNothingToBegin() throws Exception {
        for (WarmUp.Rule rule : new WarmUp.Rule[] {WarmUp.Rule.PLAIN, WarmUp.Rule.VECTORS}) {
            VectorBackend backend = new VectorBackend(1, rule);
            Groups groups = backend.groups();
            backend.warmUp().get(0, TimeUnit.SECONDS);
            assertThat(backend.groups()).isSameAs(groups);
        }
    }

    @Test
    void manyBytesMeanThatVectorsAreObjects() {
        Exercise exercise = new Exercise(Part.PRODUCTS, 16_000, groups -> {});
        assertThat(exercise.inRegisters(3_000, 1_000)).isTrue();
        assertThat(exercise.inRegisters(100_000, 1_000)).isFalse();
    }
}
