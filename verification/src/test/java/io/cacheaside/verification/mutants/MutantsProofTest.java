package io.cacheaside.verification.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.verification.Options;
import org.junit.jupiter.api.Test;

class MutantsProofTest {

    @Test
    void mutants_areCaughtInARaceThatTheProductPasses() throws Exception {
        MutantsProof.Verdict verdict = MutantsProof.run(
                MutantsProof.Plan.of(Options.parse("--seconds", "6", "--only", "no-hexists,journal-ignored")),
                System.out);
        assertThat(verdict.passed()).as(verdict.toString()).isTrue();
    }
}
