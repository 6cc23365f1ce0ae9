package io.cacheaside.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** The replay against shops that tell the truth, or do not. All requests are for one product. */
class CrowdTest {

    private static final int REQUESTS = 1_000;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream()), false);

    @Test
    void truePages_areNotStale() throws Exception {
        Phase phase = replay(version -> version);

        assertThat(phase.pages().count()).isEqualTo(REQUESTS);
        assertThat(phase.changes().count()).isPositive();
        assertThat(phase.stale()).isZero();
        assertThat(phase.isSound()).isTrue();
    }

    @Test
    void pagesThatMissTheLastChange_areStale() throws Exception {
        Phase phase = replay(version -> version - 1);

        assertThat(phase.stale()).isPositive();
        assertThat(phase.isSound()).isFalse();
    }

    @Test
    void figures_areThoseOfThisPhaseAlone() throws Exception {
        assertThat(replay(version -> version).figures()).isEqualTo(Figures.NONE);
    }

    @Test
    void failures_areCountedAndNamed() throws Exception {
        try (ScriptedShop shop = new ScriptedShop(version -> {
            throw new IllegalStateException("the shop breaks the connection");
        })) {
            Phase phase = crowd(shop).send("test", traffic(20), LONG);

            assertThat(phase.failures()).isEqualTo(20);
            assertThat(phase.firstFailure()).isPresent();
            assertThat(phase.isSound()).isFalse();
        }
    }

    @Test
    void limit_endsEndlessTraffic() throws Exception {
        try (ScriptedShop shop = new ScriptedShop(version -> version)) {
            assertThat(crowd(shop)
                            .send("test", new ZipfTraffic(1, 1), Duration.ofMillis(50))
                            .isSound())
                    .isTrue();
        }
    }

    private Phase replay(IntUnaryOperator shown) throws IOException, InterruptedException {
        try (ScriptedShop shop = new ScriptedShop(shown)) {
            return crowd(shop).send("test", traffic(REQUESTS), LONG);
        }
    }

    private Crowd crowd(ScriptedShop shop) {
        return new Crowd(4, List.of(shop.port(), shop.port()), new PriceVersions(1), silent);
    }

    private static Traffic traffic(int requests) {
        int[] one = new int[requests];
        Arrays.fill(one, 1);
        return new Trace(one, 1).traffic();
    }
}
