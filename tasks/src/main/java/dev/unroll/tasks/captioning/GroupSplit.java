package dev.unroll.tasks.captioning;

import dev.unroll.data.UnionFind;
import dev.unroll.data.sets.DrawingSet;
import dev.unroll.formats.image.Image;
import dev.unroll.random.Noise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which images are kept from learning, so that none of them has a near copy among those that are
 * learnt: images of one family ({@link DrawingSet.Drawing#family}) or that are drawn nearly the
 * same ({@link NearCopies}) go together, and what goes together goes to one side.
 *
 * <p>Groups are drawn in an order that only the seed decides. Large ones are always learnt, so that
 * no single drawing with many variants decides a result.
 *
 * @param training numbers of images for training
 * @param validation for validation
 * @param test for the test
 */
record GroupSplit(List<Integer> training, List<Integer> validation, List<Integer> test) {

    /** Of all images; a group with more is always learnt. */
    private static final double LARGEST = 0.01;

    GroupSplit {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }

    /**
     * Splits drawings.
     *
     * @param keys the family of each image
     * @param drawings one for each key
     * @param validation share of the images, 0 to 1
     * @param test share of the images, 0 to 1
     */
    static GroupSplit of(
            List<String> keys, List<Image> drawings, double validation, double test, long seed) {
        UnionFind<Integer> groups = new UnionFind<>();
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            first.putIfAbsent(keys.get(i), i);
            groups.join(i, first.getOrDefault(keys.get(i), i));
        }
        for (NearCopies.Pair pair : NearCopies.among(drawings)) {
            groups.join(pair.first(), pair.second());
        }
        return of(groups.sets(), keys.size(), validation, test, seed);
    }

    private static GroupSplit of(
            List<List<Integer>> groups, int count, double validation, double test, long seed) {
        List<List<Integer>> drawn = new ArrayList<>(groups);
        long key = Noise.key(seed, "held out");
        drawn.sort(Comparator.comparingInt(group -> HeldOut.bits(key, group.getFirst())));
        List<Integer> learnt = new ArrayList<>();
        List<Integer> decides = new ArrayList<>();
        List<Integer> judges = new ArrayList<>();
        for (List<Integer> group : drawn) {
            if (group.size() > Math.max(1, LARGEST * count)) {
                learnt.addAll(group);
            } else if (judges.size() < test * count) {
                judges.addAll(group);
            } else if (decides.size() < validation * count) {
                decides.addAll(group);
            } else {
                learnt.addAll(group);
            }
        }
        learnt.sort(null);
        decides.sort(null);
        judges.sort(null);
        return new GroupSplit(learnt, decides, judges);
    }
}
