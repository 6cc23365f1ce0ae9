package io.cacheaside.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayLagTest {

    private static final RelayLag.Plan PLAN = new RelayLag.Plan(10, Duration.ofMillis(1), 10);

    @Test
    void shortRun_deliversEverythingOnBothDatabases() throws Exception {
        RelayLag.Verdict verdict = RelayLag.run(PLAN, System.out);
        assertThat(verdict.runs()).extracting(RelayLag.Run::database).containsExactly("H2", "PostgreSQL");
        assertThat(verdict.runs()).allMatch(run -> run.p50() > 0 && run.drain() > 0);
    }

    @Test
    void lateRelay_isNotPassed() {
        RelayLag.Run late = new RelayLag.Run("H2", 1, 1_000_000, 1_000_000, 1);
        assertThat(new RelayLag.Verdict(PLAN, List.of(late)).toString()).startsWith("FAIL outbox");
    }

    @Test
    void slowDrain_isNotPassed() {
        RelayLag.Run slow = new RelayLag.Run("H2", 1, 1, 1, 10_000_000);
        assertThat(new RelayLag.Verdict(PLAN, List.of(slow)).passed()).isFalse();
    }

    @Test
    void unknownOption_isRefused() {
        assertThatThrownBy(() -> RelayLag.Plan.of(Options.parse("--row", "3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows");
    }
}
