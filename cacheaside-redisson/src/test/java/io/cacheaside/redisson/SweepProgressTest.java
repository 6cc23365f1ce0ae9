package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.cacheaside.test.StepTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SweepProgressTest {

    private final StepTicker ticker = new StepTicker();

    @BeforeEach
    void tellAll() {
        ((Logger) LoggerFactory.getLogger(SweepProgress.class)).setLevel(Level.INFO);
    }

    @Test
    void longRemoval_isToldOfEveryFewSecondsAndAtItsEnd() {
        try (ToldLog log = new ToldLog()) {
            SweepProgress progress = new SweepProgress("shop:user:*", ticker);
            progress.masters(3);
            for (int i = 0; i < 12; i++) {
                ticker.step(Duration.ofSeconds(1));
                progress.removed(1_000);
            }
            progress.ended();
            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "Removing shop:user:*: 5000 values and leases so far, on 3 masters, in 5 s",
                            "Removing shop:user:*: 10000 values and leases so far, on 3 masters, in 10 s",
                            "Removed shop:user:*: 12000 values and leases, on 3 masters, in 12 s");
        }
    }

    @Test
    void shortRemoval_isNotToldOf() {
        try (ToldLog log = new ToldLog()) {
            SweepProgress progress = new SweepProgress("shop:user:*", ticker);
            progress.removed(1_000);
            progress.ended();
            assertThat(log.messages(Level.INFO)).isEqualTo(List.of());
        }
    }
}
