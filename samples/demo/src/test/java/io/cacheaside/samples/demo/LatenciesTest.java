package io.cacheaside.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void percentiles_areThoseOfAllClients() {
        Latencies odd = new Latencies();
        Latencies even = new Latencies();
        for (int i = 1; i <= 10_000; i++) {
            (i % 2 == 0 ? even : odd).add(i);
        }

        Latencies all = Latencies.merged(List.of(even, odd));

        assertThat(all.count()).isEqualTo(10_000);
        assertThat(all.percentile(0.5)).isEqualTo(Duration.ofNanos(5_000));
        assertThat(all.percentile(0.99)).isEqualTo(Duration.ofNanos(9_900));
        assertThat(all.percentile(1)).isEqualTo(Duration.ofNanos(10_000));
    }

    @Test
    void noRequests_tookNoTime() {
        assertThat(new Latencies().percentile(0.99)).isEqualTo(Duration.ZERO);
    }
}
