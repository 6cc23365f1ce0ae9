package io.cacheaside.verification.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.verification.Options;
import org.junit.jupiter.api.Test;

class FaultsProofTest {

    @Test
    void raceWithAFaultOfEachSort_showsNoStaleReadAndNoLeak() throws Exception {
        FaultsProof.Plan plan = FaultsProof.Plan.of(Options.parse(
                "--faults",
                "5",
                "--longest",
                "1s",
                "--only",
                "killed-old-data,frozen,read-only,repeated,jvm-killed-before-invalidate"));
        FaultsProof.Verdict verdict = FaultsProof.run(plan, System.out);
        assertThat(verdict.harmless()).as(verdict.toString()).isTrue();
    }

    @Test
    void unknownFault_isRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> FaultsProof.Plan.of(Options.parse("--only", "earthquake")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("killed-empty");
    }
}
