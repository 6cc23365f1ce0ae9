package io.cacheaside.verification.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ZipfTest {

    @Test
    void keys_areAskedForInverselyToTheirRank() {
        Zipf zipf = new Zipf(4);
        SplittableRandom random = new SplittableRandom(7);
        int[] counts = new int[4];
        for (int i = 0; i < 100_000; i++) {
            counts[zipf.next(random)]++;
        }
        for (int key = 1; key < 4; key++) {
            assertThat(counts[0] / (double) counts[key]).isCloseTo(key + 1, Percentage.withPercentage(5));
        }
    }
}
