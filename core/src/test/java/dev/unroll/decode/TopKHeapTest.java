package dev.unroll.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopKHeapTest {

    private record Offer(double value, long place) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 31, 207, 1000})
    void the_heap_gives_the_front_of_a_stable_sort(int capacity) {
        Random random = new Random(capacity);
        for (int run = 0; run < 50; run++) {
            TopKHeap largest = new TopKHeap(capacity);
            List<Offer> all = new ArrayList<>();
            int width = 1 + random.nextInt(60);
            for (int r = 0; r < 5; r++) {
                float[] row = new float[width];
                for (int i = 0; i < width; i++) { // coarse, so that many are equal
                    row[i] = random.nextInt(9) == 0 ? Float.NEGATIVE_INFINITY : -random.nextInt(20);
                    if (row[i] > Float.NEGATIVE_INFINITY) {
                        all.add(new Offer(row[i] - r, (long) r * width + i));
                    }
                }
                largest.offer(row, -r, (long) r * width);
            }
            all.sort(Comparator.comparingDouble(Offer::value).reversed());
            largest.sort();

            List<Offer> found = new ArrayList<>();
            for (int rank = 0; rank < largest.size(); rank++) {
                found.add(new Offer(largest.value(rank), largest.place(rank)));
            }
            assertThat(found).isEqualTo(all.subList(0, Math.min(capacity, all.size())));
        }
    }
}
