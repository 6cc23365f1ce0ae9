package io.cacheaside.verification.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.verification.Options;
import org.junit.jupiter.api.Test;

class FanOutProofTest {

    private static final FanOutPlan SMALL = new FanOutPlan(50_000, 1_000, 0, 5_000, "144m");

    private static FanOutProof.Outcome outcome(long after, long queue, long acknowledged, long unconfirmed) {
        return new FanOutProof.Outcome(
                "test", 1_000, after, new Figures(1, 2, queue, 3, acknowledged, unconfirmed, 4, 5), 1);
    }

    @Test
    void fanOut_removesAllThatIsCached_withinItsBounds() throws Exception {
        FanOutProof.Verdict verdict = FanOutProof.run(SMALL, System.out);
        assertThat(verdict.passed()).as(verdict.toString()).isTrue();
    }

    @Test
    void entryThatIsLeft_queueThatIsTooLong_orKeyThatIsLost_isNotPassed() {
        assertThat(outcome(0, 5_000, 50_000, 0).passed(SMALL)).isTrue();
        assertThat(outcome(1, 5_000, 50_000, 0).passed(SMALL)).isFalse();
        assertThat(outcome(0, 5_001, 50_000, 0).passed(SMALL)).isFalse();
        assertThat(outcome(0, 5_000, 49_999, 0).passed(SMALL)).isFalse();
        assertThat(outcome(0, 5_000, 50_000, 1).passed(SMALL)).isFalse();
    }

    @Test
    void heapThatIsTooSmall_isNotPassed() {
        FanOutProof.Outcome ended = new FanOutProof.Outcome("test", 1_000, 900, Figures.NONE, 0);
        assertThat(ended.passed(SMALL)).isFalse();
        assertThat(ended).hasToString("test: the JVM has ended, most probably for want of memory");
    }

    @Test
    void options_sayWhatIsAskedFor() {
        assertThat(FanOutPlan.of(Options.parse("--keys", "10", "--rate", "7", "--heap", "1g")))
                .isEqualTo(new FanOutPlan(10, 20_000, 7, 100_000, "1g"));
    }
}
