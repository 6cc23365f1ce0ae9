package io.cacheaside.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.verification.SweepProof.Outcome;
import io.cacheaside.verification.SweepProof.Plan;
import io.cacheaside.verification.SweepProof.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepProofTest {

    private static final Plan SMALL = new Plan(5_000, 20_000, 1);

    private static boolean passed(long left, long slow) {
        return new Verdict(SMALL, List.of(new Outcome(left, Duration.ZERO, slow))).passed();
    }

    @Test
    void cache_isRemovedAndNothingElse() {
        assertThat(SweepProof.run(SMALL, System.out).outcomes())
                .extracting(Outcome::left)
                .containsExactly(20_000L);
    }

    @Test
    void keyThatIsLeft_keyThatIsGoneToo_orALongStep_isNotPassed() {
        assertThat(passed(20_000, 0)).isTrue();
        assertThat(passed(20_001, 0)).isFalse();
        assertThat(passed(19_999, 0)).isFalse();
        assertThat(passed(20_000, 1)).isFalse();
    }

    @Test
    void options_sayWhatIsAskedFor() {
        assertThat(Plan.of(Options.parse("--keys", "10"))).isEqualTo(new Plan(10, 900_000, 3));
    }
}
