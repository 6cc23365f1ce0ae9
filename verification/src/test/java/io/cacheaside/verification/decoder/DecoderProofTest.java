package io.cacheaside.verification.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecoderProofTest {

    @Test
    void hundredThousandMutations_giveMissesAndValuesOfTheType() throws Exception {
        DecoderProof.Verdict verdict = DecoderProof.run(new DecoderProof.Plan(100_000, 1), System.out);
        assertThat(verdict.violations()).isZero();
        assertThat(verdict.gadgets()).isFalse();
        assertThat(verdict.passed()).as(verdict.toString()).isTrue();
        assertThat(verdict.executions()).isGreaterThanOrEqualTo(100_000);
    }

    @Test
    void anythingWrong_isNotPassed() {
        assertThat(new DecoderProof.Verdict(1, 0, false, 1 << 20, 0).passed()).isTrue();
        assertThat(new DecoderProof.Verdict(1, 1, false, 0, 0).passed()).isFalse();
        assertThat(new DecoderProof.Verdict(1, 0, true, 0, 0).passed()).isFalse();
        assertThat(new DecoderProof.Verdict(1, 0, false, (1 << 20) + 1, 0).passed())
                .isFalse();
        assertThat(new DecoderProof.Verdict(1, 0, false, 0, 100).toString()).startsWith("FAIL");
    }

    @Test
    void strangerInsideAValue_isFound() {
        assertThat(Reached.stranger(List.of(Optional.of(new Object[] {"text", new Gadget()}))))
                .isEqualTo(Gadget.class.getName());
        assertThat(Reached.stranger(Thread.currentThread())).isNotNull();
        for (Specimen specimen : Specimen.all()) {
            assertThat(Reached.stranger(specimen.value())).as(specimen.name()).isNull();
        }
    }

    @Test
    void foreignBytes_nameWhatMustNotBeMade() {
        assertThat(Mutator.foreign())
                .anyMatch(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains("Gadget$Bystander"))
                .noneMatch(bytes -> Arrays.equals(bytes, new byte[0]));
    }
}
