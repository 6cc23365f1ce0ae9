package io.cacheaside.verification.mutants;

import io.cacheaside.verification.history.HardRace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A version of the product with one thing broken: the files of a patch, changed and compiled into a directory that goes
 * before the product's own classes. The product's sources and classes stay as they are.
 *
 * @param title what is broken, from the first line of its file
 * @param race in which it has to be caught where nothing has to happen, from the line {@code # race:}; that of few keys without one
 * @param faults what has to happen for it to be caught, from the line {@code # faults:}; empty where nothing has to
 */
record Mutant(String name, String title, HardRace.Sort race, List<String> faults, List<Patch> patches) {

    private static final String RACE = "# race:";
    private static final String FAULTS = "# faults:";

    private static final String RESOURCES = "src/main/resources/";

    /** The mutants of the project at {@code root} that the hard race has to catch, by name. */
    static List<Mutant> all(Path root) throws IOException {
        return in(root.resolve("verification/mutants"));
    }

    /** Those that a race with faults has to catch. */
    static List<Mutant> ofFaults(Path root) throws IOException {
        return in(root.resolve("verification/mutants/faults"));
    }

    private static List<Mutant> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Mutant> mutants = new ArrayList<>();
            for (Path file : files.filter(it -> it.toString().endsWith(".patch"))
                    .sorted()
                    .toList()) {
                mutants.add(read(file));
            }
            return mutants;
        }
    }

    private static Mutant read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String name = file.getFileName().toString().replace(".patch", "");
        List<String> faults = lines.stream()
                .filter(line -> line.startsWith(FAULTS))
                .flatMap(
                        line -> Stream.of(line.substring(FAULTS.length()).trim().split(",", -1)))
                .toList();
        HardRace.Sort race = lines.stream()
                .filter(line -> line.startsWith(RACE))
                .map(line -> HardRace.Sort.valueOf(
                        line.substring(RACE.length()).trim().toUpperCase(Locale.ROOT)))
                .findAny()
                .orElse(HardRace.Sort.KEYS);
        return new Mutant(name, lines.get(0).substring(1).trim(), race, faults, Patch.parse(lines));
    }

    /**
     * Puts the changed classes and resources into {@code directory}.
     *
     * @throws IllegalStateException where the patch does not fit the sources, or they do not compile with it
     */
    void build(Path root, Path directory) throws IOException {
        List<String> sources = new ArrayList<>();
        for (Patch patch : patches) {
            int resource = patch.file().indexOf(RESOURCES);
            Path target = resource < 0
                    ? directory.resolve("sources").resolve(patch.file())
                    : directory.resolve(patch.file().substring(resource + RESOURCES.length()));
            Files.createDirectories(target.getParent());
            Files.writeString(target, patch.apply(root));
            if (resource < 0) {
                sources.add(target.toString());
            }
        }
        if (!sources.isEmpty()) {
            compile(sources, directory);
        }
    }

    private void compile(List<String> sources, Path directory) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("mutants are compiled: run this with a JDK");
        }
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-nowarn",
                "-parameters",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString()));
        arguments.addAll(sources);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        if (compiler.run(null, said, said, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException(
                    "mutant " + name + " does not compile:\n" + said.toString(StandardCharsets.UTF_8));
        }
    }
}
