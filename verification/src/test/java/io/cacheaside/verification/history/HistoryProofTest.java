package io.cacheaside.verification.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.verification.Options;
import io.cacheaside.verification.history.documents.Way;
import org.junit.jupiter.api.Test;

class HistoryProofTest {

    @Test
    void raceOfProxiedAndWovenJvms_showsNoStaleRead() throws Exception {
        HistoryProof.Verdict verdict = HistoryProof.run(
                HistoryProof.Plan.of(
                        Options.parse("--seconds", "6", "--ops", "1000000", "--keys", "50", "--peers", "none")),
                System.out);
        assertThat(verdict.passed()).as(verdict.toString()).isTrue();
    }

    @Test
    void unknownPeer_isRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> HistoryProof.Plan.of(Options.parse("--peers", "magic")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("by-hand");
    }

    @Test
    void mix_namesWaysAndHowOften() {
        assertThat(Settings.mix("plain=2,rolled-back=1")).containsExactly(Way.PLAIN, Way.PLAIN, Way.ROLLED_BACK);
        assertThatThrownBy(() -> Settings.mix("plain")).hasMessageContaining("plain");
        assertThatThrownBy(() -> Settings.mix("loud=1")).hasMessageContaining("loud");
    }
}
