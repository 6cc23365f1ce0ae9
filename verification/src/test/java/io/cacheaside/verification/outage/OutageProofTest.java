package io.cacheaside.verification.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.verification.Options;
import org.junit.jupiter.api.Test;

class OutageProofTest {

    @Test
    void shortOutages_costNobodyAnExceptionOrAnOldValue() throws Exception {
        OutageProof.Verdict verdict = OutageProof.run(
                OutageProof.Plan.of(Options.parse(
                        "--rate",
                        "100",
                        "--outage",
                        "1s",
                        "--around",
                        "1s",
                        "--keys",
                        "50",
                        "--crowd",
                        "500",
                        "--peers",
                        "none")),
                System.out);
        assertThat(verdict.zeros()).as(verdict.toString()).isTrue();
    }

    @Test
    void unknownOption_isRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> OutageProof.Plan.of(Options.parse("--rates", "3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in-flight");
    }
}
