package io.cacheaside.verification.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchTest {

    private static final List<String> PATCH =
            List.of("# what", "--- a.txt", "+++ a.txt", "@@", " one", "-two", "+three");

    @TempDir
    Path root;

    private Path write(String text) throws IOException {
        return Files.writeString(root.resolve("a.txt"), text);
    }

    @Test
    void linesThatFit_areReplaced() throws Exception {
        write("zero\none\ntwo\nfour\n");
        assertThat(Patch.parse(PATCH))
                .singleElement()
                .satisfies(patch -> assertThat(patch.apply(root)).isEqualTo("zero\none\nthree\nfour\n"));
    }

    @Test
    void linesThatAreNotThere_areRefusedLoudly() throws Exception {
        write("zero\none\nfour\n");
        assertThatThrownBy(() -> Patch.parse(PATCH).get(0).apply(root))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a.txt")
                .hasMessageContaining("one\ntwo");
    }

    @Test
    void linesThatAreThereTwice_areRefused() throws Exception {
        write("one\ntwo\none\ntwo\n");
        assertThatThrownBy(() -> Patch.parse(PATCH).get(0).apply(root))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("again");
    }

    @Test
    void everyMutantOfTheProject_fitsItsSourcesAndCompiles() throws Exception {
        List<Mutant> mutants = new ArrayList<>(Mutant.all(MutantsProof.root()));
        mutants.addAll(Mutant.ofFaults(MutantsProof.root()));
        assertThat(mutants).hasSizeGreaterThan(20);
        for (Mutant mutant : mutants) {
            mutant.build(MutantsProof.root(), Files.createDirectory(root.resolve(mutant.name())));
        }
    }
}
