package io.cacheaside.samples.shop;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All reviews of one product in a few numbers.
 *
 * @param average of the stars, 0 where there are no reviews
 * @param counts reviews with 1 to 5 stars, in this order
 * @param latest day of the newest review, null where there are none
 */
public record Ratings(
        int count,
        double average,
        List<Integer> counts,
        @Nullable LocalDate latest) {

    private static final int STARS = 5;

    /** The sum of one group per number of stars; groups without reviews may be missing. */
    static Ratings of(List<Group> groups) {
        int[] counts = new int[STARS];
        groups.forEach(group -> counts[group.stars() - 1] = group.count());
        int count = IntStream.of(counts).sum();
        int stars =
                groups.stream().mapToInt(group -> group.stars() * group.count()).sum();
        LocalDate latest =
                groups.stream().map(Group::latest).max(LocalDate::compareTo).orElse(null);
        return new Ratings(
                count,
                count == 0 ? 0 : Math.round(100.0 * stars / count) / 100.0,
                IntStream.of(counts).boxed().toList(),
                latest);
    }

    /** The reviews with the same number of stars. */
    record Group(int stars, int count, LocalDate latest) {}
}
