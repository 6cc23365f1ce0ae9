package io.cacheaside.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void table_showsBothPhases() {
        String table = Table.of(phase(1_000, 0, 0), phase(200, 900, 0));

        assertThat(table.lines().filter(line -> line.startsWith("database queries")))
                .allSatisfy(line -> assertThat(line).contains("1,000").endsWith("200"));
        assertThat(table.lines().filter(line -> line.startsWith("hit rate")))
                .allSatisfy(line -> assertThat(line).contains("0.0 %").endsWith("90.0 %"));
        assertThat(table).contains("stale pages seen").doesNotContain("failed requests");
    }

    @Test
    void failures_areShownWhereThereAreAny() {
        assertThat(Table.of(phase(1, 0, 0), phase(1, 0, 3))).contains("failed requests", "cache on: broken pipe");
    }

    private static Phase phase(int statements, int hits, int failures) {
        Latencies pages = new Latencies();
        pages.add(1_500_000);
        return new Phase(
                pages,
                new Latencies(),
                new Figures(1_000, hits, statements),
                Duration.ofSeconds(10),
                0,
                failures,
                failures == 0 ? Optional.empty() : Optional.of("broken pipe"));
    }
}
