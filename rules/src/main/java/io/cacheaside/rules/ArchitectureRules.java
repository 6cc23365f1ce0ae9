package io.cacheaside.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The rules for one module's main classes; a module extends it in its tests, with nothing inside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ArchitectureRules {

    private static final Pattern EMPTY_WORD =
            Pattern.compile("(Manager|Helper|Utils?|Handler|Processor)(?![a-z])|^I(?=[A-Z][a-z])");
    private static final Pattern EMPTY_VERB = Pattern.compile("^do[A-Z].*");

    private final Path classes;
    private @Nullable JavaClasses module;

    /** Rules for the module in the working directory. */
    protected ArchitectureRules() {
        this(Path.of("target/classes"));
    }

    ArchitectureRules(Path classes) {
        this.classes = classes;
    }

    private void hold(ArchRule rule) {
        if (module == null) {
            module = new ClassFileImporter().importPath(classes);
        }
        assertThat(module).as("classes in " + classes.toAbsolutePath()).isNotEmpty();
        rule.allowEmptyShould(true).check(module);
    }

    @Test
    void eachPackage_hasAFloor() {
        hold(classes().should(Floors.standOnAFloor()));
    }

    @Test
    void lowerFloors_importNothingFromHigherOnes() {
        hold(classes().that(Floors.inTheHouse()).should(Floors.importNothingFromAbove()));
    }

    @Test
    void packages_haveNoCycles() {
        hold(SlicesRuleDefinition.slices().matching("(**)").should().beFreeOfCycles());
    }

    @Test
    void foreignLibraries_stayWhereTheyBelong() {
        hold(only("org.springframework..", "io.cacheaside.aspect..", "io.cacheaside.boot.."));
        hold(only("org.redisson..", "io.cacheaside.redisson..", "io.cacheaside.boot.."));
        hold(only("com.esotericsoftware.kryo..", "io.cacheaside.codec.."));
        hold(only("io.micrometer..", "io.cacheaside.metrics..", "io.cacheaside.boot.."));
        hold(only("org.aspectj..", "io.cacheaside.aspect.weave..", "io.cacheaside.aspect.spring.."));
        hold(classes()
                .that()
                .resideInAPackage("io.cacheaside.annotation..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.cacheaside.annotation.."));
    }

    private static ArchRule only(String library, String... users) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(users)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    @Test
    void eachPackage_isNullMarked() {
        // annotations depend on the JDK only, so that package cannot be
        hold(classes()
                .that()
                .resideOutsideOfPackage("io.cacheaside.annotation..")
                .should(Floors.condition("be in a null-marked package", (type, events) -> {
                    if (!type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                        Floors.violated(events, type, type.getPackageName() + " is not null-marked: " + type.getName());
                    }
                })));
    }

    @Test
    void names_sayWhatSomethingIs() {
        hold(classes().should(Floors.condition("not be named with an empty word", (type, events) -> {
            if (EMPTY_WORD.matcher(type.getSimpleName()).find()) {
                Floors.violated(events, type, type.getName());
            }
        })));
        hold(classes().should(Floors.condition("not have methods named do…", (type, events) -> {
            for (JavaMethod method : type.getMethods()) {
                if (EMPTY_VERB.matcher(method.getName()).matches()) {
                    Floors.violated(events, type, method.getFullName());
                }
            }
        })));
    }
}
