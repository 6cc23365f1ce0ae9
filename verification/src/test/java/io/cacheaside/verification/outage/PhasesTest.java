package io.cacheaside.verification.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.verification.outage.Sample.End;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhasesTest {

    private static final long MILLI = 1_000_000;

    private final List<Sample> samples = new ArrayList<>();

    private void reads(int fromMilli, int toMilli, int tookMillis, End end) {
        for (int at = fromMilli; at < toMilli; at++) {
            samples.add(new Sample(at * MILLI, tookMillis * MILLI, end));
        }
    }

    private Phases phases() {
        return new Phases(samples, 100 * MILLI, 150 * MILLI, 300 * MILLI);
    }

    @Test
    void samples_belongToThePhaseInWhichTheyBegan() {
        reads(0, 500, 1, End.SERVED);
        assertThat(phases().before()).hasSize(100);
        assertThat(phases().untilOpen()).hasSize(50);
        assertThat(phases().whileOpen()).hasSize(150);
        assertThat(phases().outage()).hasSize(200);
        assertThat(phases().after()).hasSize(200);
    }

    @Test
    void readsThatAreAsBeforeAtOnce_areFullSpeedAtOnce() {
        reads(0, 500, 1, End.SERVED);
        assertThat(phases().fullSpeedAfter()).isZero();
    }

    @Test
    void slowFailedOrLoadingReads_areNotFullSpeed() {
        reads(0, 300, 1, End.SERVED);
        reads(300, 310, 50, End.SERVED);
        reads(310, 320, 1, End.FAILED);
        reads(320, 330, 0, End.SHED);
        reads(330, 600, 1, End.SERVED);
        assertThat(phases().fullSpeedAfter()).isEqualTo(30);
        assertThat(phases().failed()).isEqualTo(10);
        assertThat(phases().shed()).isEqualTo(10);
    }

    @Test
    void cacheThatIsNotAskedAgain_neverReachesFullSpeed() {
        reads(0, 300, 1, End.SERVED);
        reads(300, 900, 1, End.LOADED);
        assertThat(phases().fullSpeedAfter()).isInfinite();
    }

    @Test
    void writtenSamples_comeBackFromTheirBeginningOn(@TempDir Path directory) throws Exception {
        reads(0, 10, 2, End.LOADED);
        Sample.write(samples, directory.resolve("samples"));
        assertThat(Sample.read(directory.resolve("samples"), 4 * MILLI)).isEqualTo(samples.subList(4, 10));
    }
}
