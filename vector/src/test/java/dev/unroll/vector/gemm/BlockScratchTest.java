package dev.unroll.vector.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class BlockScratchTest {
    @Test
    void arrays_that_are_given_back_serve_again() {
        BlockScratch first = BlockScratch.take();
        first.give();
        BlockScratch again = BlockScratch.take();
        assertThat(again).isSameAs(first);
        again.give();
    }

    @Test
    void two_products_at_once_never_share_arrays() {
        BlockScratch one = BlockScratch.take();
        BlockScratch other = BlockScratch.take();
        assertThat(one).isNotSameAs(other);
        one.give();
        other.give();
    }

    @Test
    void a_thousand_threads_one_after_the_other_share_a_few() throws Exception {
        Set<BlockScratch> seen = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                threads.submit(
                                () -> {
                                    BlockScratch scratch = BlockScratch.take();
                                    seen.add(scratch);
                                    scratch.give();
                                })
                        .get();
            }
        }
        assertThat(seen).hasSizeLessThan(10);
    }
}
