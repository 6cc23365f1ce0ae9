package io.cacheaside.verification.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessProofTest {

    private static final FreshnessPlan PLAN =
            new FreshnessPlan(1_000, 3, 2, Duration.ofMillis(1_000), Duration.ofMillis(50), "20%", 1);
    private static final long[] QUICK = {200, 300, 400};

    private static Period period(Way way, int misses, long[] reads, Load... loads) {
        return new Period(PLAN, way, List.of(loads), misses, reads, QUICK);
    }

    /** Times are no matter here: machines that run tests are busy. */
    @Test
    void keyThatEndsInTwoJvms_isLoadedOncePerExpiryAndNeverMissed() throws Exception {
        FreshnessPlan few = new FreshnessPlan(200, 2, 3, Duration.ofMillis(300), Duration.ofMillis(10), "50%", 1);
        Period period = FreshnessProof.run(few, List.of(Way.AHEAD), System.out)
                .periods()
                .get(0);
        assertThat(period.repeated()).as(period.toString()).isZero();
        assertThat(period.expiries()).as(period.toString()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void refreshesInTheirWindows_pass() {
        Period good = period(Way.AHEAD, 0, QUICK, new Load(0, 50), new Load(860, 910), new Load(1_715, 1_765));
        assertThat(good.expiries()).isEqualTo(2);
        assertThat(good.loadsPerExpiry()).isEqualTo(1);
        assertThat(good.meanAheadMillis()).isEqualTo(192.5);
        assertThat(good.passed()).isTrue();
    }

    @Test
    void secondLoadOfOneEntry_fails() {
        Period twice = period(
                Way.AHEAD, 0, QUICK, new Load(0, 50), new Load(860, 910), new Load(865, 915), new Load(1_720, 1_770));
        assertThat(twice.repeated()).isEqualTo(1);
        assertThat(twice.expiries()).isEqualTo(2);
        assertThat(twice.loadsPerExpiry()).isEqualTo(1.5);
        assertThat(twice.passed()).isFalse();
    }

    @Test
    void loadsThatOverlap_failForXFetch() {
        Load[] loads = {new Load(0, 50), new Load(860, 910), new Load(909, 959)};
        assertThat(period(Way.XFETCH, 0, QUICK, loads).repeated()).isEqualTo(1);
    }

    @Test
    void readerThatMisses_fails() {
        Load[] loads = {new Load(0, 50), new Load(860, 910), new Load(1_720, 1_770)};
        assertThat(period(Way.AHEAD, 0, QUICK, loads).passed()).isTrue();
        assertThat(period(Way.AHEAD, 1, QUICK, loads).passed()).isFalse();
        assertThat(period(Way.EXPIRING, 1, QUICK, loads).passed()).isTrue();
    }

    @Test
    void readersThatWait_fail() {
        Load[] loads = {new Load(0, 50), new Load(860, 910), new Load(1_720, 1_770)};
        assertThat(period(Way.AHEAD, 0, new long[] {200, 2_400}, loads).passed())
                .isTrue();
        assertThat(period(Way.AHEAD, 0, new long[] {200, 2_401}, loads).passed())
                .isFalse();
    }

    @Test
    void tooFewExpiries_fail() {
        assertThat(period(Way.AHEAD, 0, QUICK, new Load(0, 50), new Load(860, 910))
                        .passed())
                .isFalse();
    }

    @Test
    void xFetch_isHeldAgainstItsFormula() {
        double formula = 50 * (Math.log(50) + 0.5772);
        long early = 1_050 - Math.round(formula);
        Period near = period(
                Way.XFETCH,
                0,
                QUICK,
                new Load(0, 50),
                new Load(early, early + 50),
                new Load(2 * early, 2 * early + 50));
        assertThat(near.formulaMillis()).isCloseTo(formula, within(0.1));
        assertThat(near.passed()).isTrue();
        Period late = period(Way.XFETCH, 0, QUICK, new Load(0, 50), new Load(1_045, 1_095), new Load(2_090, 2_140));
        assertThat(late.passed()).isFalse();
    }
}
