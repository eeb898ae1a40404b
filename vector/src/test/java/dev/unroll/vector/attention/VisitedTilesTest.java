package dev.unroll.vector.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class VisitedTilesTest {
    private static final int KEYS = VisitedTiles.KEYS;
    private static final int QUERIES = AttentionTile.MASKED;

    static Stream<Mask> masks() {
        Mask window = Masks.window(128, 0);
        return Stream.of(
                Masks.NONE,
                Masks.CAUSAL,
                window,
                Masks.window(3, 40),
                Masks.strided(128),
                Masks.CAUSAL.and(Masks.strided(100)),
                Masks.dilated(4, 0, 50),
                Masks.blocks(48),
                Masks.globalTokens(0, 333),
                Masks.randomBlocks(64, 2, 1),
                Masks.CAUSAL.and(window.or(Masks.globalTokens(0)).or(Masks.randomBlocks(64, 2, 1))),
                Masks.blocks(1).and(Masks.globalTokens(5000)));
    }

    @ParameterizedTest
    @MethodSource("masks")
    void a_tile_is_visited_exactly_if_something_in_it_is_seen(Mask mask) {
        for (int keys : new int[] {0, 1, 31, 32, 33, 1000}) {
            for (int first = 0; first < keys; first += QUERIES) {
                int queries = Math.min(QUERIES, keys - first);
                VisitedTiles visited = new VisitedTiles();
                visited.find(mask, first, queries, keys);
                int seen = 0;
                for (int from = 0; from < keys; from += KEYS) {
                    seen += something(mask, first, queries, from, keys) ? 1 : 0;
                }
                assertThat(visited.tiles()).isEqualTo(seen);
            }
        }
    }

    private static boolean something(Mask mask, int first, int queries, int from, int keys) {
        for (int query = first; query < first + queries; query++) {
            for (int key = from; key < Math.min(keys, from + KEYS); key++) {
                if (mask.sees(query, key)) {
                    return true;
                }
            }
        }
        return false;
    }

    @ParameterizedTest
    @MethodSource("masks")
    void what_is_hidden_in_the_visited_tiles_is_what_is_not_seen(Mask mask) {
        int keys = 700;
        for (int first : new int[] {0, 64, 672}) {
            int queries = Math.min(QUERIES, keys - first);
            VisitedTiles visited = new VisitedTiles();
            visited.find(mask, first, queries, keys);
            float[] scores = new float[visited.keys() * QUERIES];
            visited.hide(scores, QUERIES);
            for (int run = 0; run < visited.runs(); run++) {
                for (int j = 0; j < visited.count(run); j++) {
                    for (int i = 0; i < queries; i++) {
                        float score = scores[(visited.at(run) + j) * QUERIES + i];
                        boolean seen = mask.sees(first + i, visited.from(run) + j);
                        assertThat(score).isEqualTo(seen ? 0 : Float.NEGATIVE_INFINITY);
                    }
                }
            }
        }
    }

    /** 16,384 tokens are 512 rows and 512 columns of tiles. */
    @Test
    void sparse_patterns_visit_the_share_of_tiles_that_their_formula_predicts() {
        int length = 16_384;
        int rows = length / QUERIES;
        // the window reaches 4 tiles back, and one that only its first query does not need
        assertThat(tiles(Masks.window(128, 0), length)).isEqualTo(5 * rows - 10);
        assertThat(tiles(Masks.CAUSAL, length)).isEqualTo(rows * (rows + 1) / 2);
        assertThat(tiles(Masks.NONE, length)).isEqualTo(rows * rows);
        assertThat(tiles(Masks.blocks(128), length)).isEqualTo(4 * rows);
        // the stride is 4 tiles, and each query sees the key at its own place in every 4th tile
        assertThat(tiles(Masks.strided(128), length)).isEqualTo(rows * rows / 4);
    }

    private static int tiles(Mask mask, int length) {
        VisitedTiles visited = new VisitedTiles();
        int tiles = 0;
        for (int first = 0; first < length; first += QUERIES) {
            visited.find(mask, first, QUERIES, length);
            tiles += visited.tiles();
        }
        return tiles;
    }

    @Test
    void neighbouring_tiles_are_one_run() {
        VisitedTiles visited = new VisitedTiles();
        visited.find(Masks.window(64, 0).or(Masks.globalTokens(0)), 320, QUERIES, 1000);
        assertThat(visited.runs()).isEqualTo(2);
        assertThat(new int[] {visited.from(0), visited.count(0)}).isEqualTo(new int[] {0, 32});
        assertThat(new int[] {visited.from(1), visited.count(1)}).isEqualTo(new int[] {256, 96});
        assertThat(Arrays.asList(visited.at(0), visited.at(1))).containsExactly(0, 32);
    }
}
