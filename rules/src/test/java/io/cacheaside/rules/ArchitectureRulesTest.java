package io.cacheaside.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Each rule is broken once by a canary class and has to say so. */
class ArchitectureRulesTest {

    private final ArchitectureRules rules = new ArchitectureRules(Path.of("target/test-classes")) {};

    @Test
    void packageWithoutFloor_isRefused() {
        refused(rules::eachPackage_hasAFloor, "CanaryWithoutFloor");
    }

    @Test
    void importFromAbove_isRefused() {
        refused(rules::lowerFloors_importNothingFromHigherOnes, "CanaryFromAbove.higher");
    }

    @Test
    void cycle_isRefused() {
        refused(rules::packages_haveNoCycles, "CanaryFromAbove");
    }

    @Test
    void libraryInAnnotations_isRefused() {
        refused(rules::foreignLibraries_stayWhereTheyBelong, "CanaryAnnotation");
    }

    @Test
    void packageThatIsNotNullMarked_isRefused() {
        refused(rules::eachPackage_isNullMarked, "io.cacheaside.engine is not null-marked");
    }

    @Test
    void emptyWord_isRefused() {
        refused(rules::names_sayWhatSomethingIs, "CanaryHelper");
    }

    private static void refused(ThrowingCallable rule, String words) {
        assertThatThrownBy(rule).isInstanceOf(AssertionError.class).hasMessageContaining(words);
    }
}
