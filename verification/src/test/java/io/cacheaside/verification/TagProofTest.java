package io.cacheaside.verification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The short form: that it removes and keeps what it should, and looks at the slow log; times are not looked at. */
class TagProofTest {

    @Test
    void tagOfManyMembers_isRemovedPageByPage() {
        TagProof.Verdict verdict = TagProof.run(new TagProof.Plan(5_000, 100, 1), System.out);
        assertThat(verdict.isComplete()).as(verdict.toString()).isTrue();
        assertThat(verdict.toString()).contains("5000 members, every value gone, every member kept");
    }
}
