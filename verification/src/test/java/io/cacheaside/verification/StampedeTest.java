package io.cacheaside.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StampedeTest {

    @Test
    void callersOfSeveralJvmsOnAColdKey_loadItOnce() throws Exception {
        Stampede.Verdict verdict =
                Stampede.run(new Stampede.Plan(2, 150, 3, Duration.ofMillis(50), Duration.ofSeconds(20)), System.out);
        assertThat(verdict.passed()).as(verdict.toString()).isTrue();
    }

    @Test
    void twoLoads_areNotPassed() {
        assertThat(new Stampede.Run(2, Set.of("a"), Set.of(), new long[] {1, 2}).passed(2))
                .isFalse();
    }

    @Test
    void twoValues_areNotPassed() {
        assertThat(new Stampede.Run(1, Set.of("a", "b"), Set.of(), new long[] {1, 2}).passed(2))
                .isFalse();
    }

    @Test
    void callerWithoutAnswer_isNotPassed() {
        assertThat(new Stampede.Run(1, Set.of("a"), Set.of(), new long[] {1}).passed(2))
                .isFalse();
    }

    @Test
    void unknownOption_isRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Stampede.Plan.of(Options.parse("--run", "3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--run")
                .hasMessageContaining("runs");
    }
}
