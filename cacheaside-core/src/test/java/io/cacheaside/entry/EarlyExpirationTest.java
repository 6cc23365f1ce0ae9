package io.cacheaside.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * XFetch's decision, and what follows from it: readers that come at a rate {@code r} decide for themselves, with nothing that
 * lets only one of them load.
 *
 * <p>At a distance of {@code x} before the end a reader decides with the probability {@code e^(-x/bd)}, with {@code bd} for
 * beta times cost. So decisions are a Poisson process whose expected number up to there is {@code r bd e^(-x/bd)}: the first
 * is at {@code bd (ln(r bd) + γ)} on average, and while its load takes {@code d}, so do {@code e^(1/beta) - 1} others.
 */
class EarlyExpirationTest {

    private static final double EULER = 0.5772156649;
    private static final int RUNS = 2_000;
    private static final long MILLI = 1_000_000;

    private record Simulated(double meanGapMillis, double meanLoads) {}

    /** Readers at {@code perMilli} a millisecond, to whom the end of the entry is {@code ttl} away at first. */
    private static Simulated simulate(double beta, long costMillis, int perMilli, long ttl) {
        SplittableRandom random = new SplittableRandom(1);
        double gaps = 0;
        double loads = 0;
        for (int run = 0; run < RUNS; run++) {
            long first = -1;
            for (long now = 0; now < ttl && (first < 0 || now < first + costMillis); now++) {
                for (int reader = 0; reader < perMilli; reader++) {
                    if (EarlyExpiration.isDue(now, ttl, costMillis * MILLI, beta, random.nextDouble())) {
                        first = first < 0 ? now : first;
                        loads++;
                    }
                }
            }
            gaps += first < 0 ? 0 : ttl - first;
        }
        return new Simulated(gaps / RUNS, loads / RUNS);
    }

    @ParameterizedTest
    @CsvSource({"1.0, 20, 5, 600", "2.0, 20, 5, 900", "0.5, 40, 5, 400"})
    void earlyLoadsAndTheirSpike_areAsTheFormulaSays(double beta, long cost, int perMilli, long ttl) {
        double scale = beta * cost;
        double gap = scale * (Math.log(perMilli * scale) + EULER);
        double spike = Math.exp(1 / beta);

        Simulated simulated = simulate(beta, cost, perMilli, ttl);
        assertThat(simulated.meanGapMillis()).isCloseTo(gap, within(scale * 0.1));
        assertThat(simulated.meanLoads()).isCloseTo(spike, within(spike * 0.05));
    }

    @Test
    void readerAtTheEnd_alwaysDecides() {
        assertThat(EarlyExpiration.isDue(100, 100, 0, 1, 0)).isTrue();
        assertThat(EarlyExpiration.isDue(101, 100, 0, 0, 0)).isTrue();
    }

    @Test
    void decision_isAtTheCostTimesBetaTimesTheLogarithm() {
        double random = 1 - 1 / Math.E;
        assertThat(EarlyExpiration.isDue(0, 10, 10 * MILLI, 1, Math.nextUp(random)))
                .isTrue();
        assertThat(EarlyExpiration.isDue(0, 11, 10 * MILLI, 1, random)).isFalse();
        assertThat(EarlyExpiration.isDue(0, 20, 10 * MILLI, 2, Math.nextUp(random)))
                .isTrue();
        assertThat(EarlyExpiration.isDue(0, 21, 10 * MILLI, 2, random)).isFalse();
    }

    @Test
    void unlikeliestNumbers_areStillNumbers() {
        assertThat(EarlyExpiration.isDue(0, 1, MILLI, 1, 0)).isFalse();
        assertThat(EarlyExpiration.isDue(0, 36, MILLI, 1, Math.nextDown(1.0))).isTrue();
        assertThat(EarlyExpiration.isDue(0, 38, MILLI, 1, Math.nextDown(1.0))).isFalse();
    }

    @Test
    void freeLoad_isNeverEarly() {
        assertThat(EarlyExpiration.isDue(0, 1, 0, 100, Math.nextDown(1.0))).isFalse();
    }
}
