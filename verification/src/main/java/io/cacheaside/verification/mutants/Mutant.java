package io.cacheaside.verification.mutants;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A version of the product with one thing broken: the files of a patch, changed and compiled into a directory that goes
 * before the product's own classes. The product's sources and classes stay as they are.
 *
 * @param title what is broken, from the first line of its file
 */
record Mutant(String name, String title, List<Patch> patches) {

    private static final String RESOURCES = "src/main/resources/";

    /** The mutants of the project at {@code root}, by name. */
    static List<Mutant> all(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("verification/mutants"))) {
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
        return new Mutant(name, lines.get(0).substring(1).trim(), Patch.parse(lines));
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
