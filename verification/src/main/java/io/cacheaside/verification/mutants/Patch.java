package io.cacheaside.verification.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A change of one source file, written as a unified diff without line numbers. The old lines of each hunk have to stand
 * in the file exactly once: where the product has moved on, the patch has to be made anew.
 *
 * @param file the source, from the project's root
 */
record Patch(String file, List<Hunk> hunks) {

    /** Lines to find and lines to put there. */
    record Hunk(List<String> old, List<String> replacement) {

        private void add(String line) {
            String text = line.isEmpty() ? "" : line.substring(1);
            if (!line.startsWith("+")) {
                old.add(text);
            }
            if (!line.startsWith("-")) {
                replacement.add(text);
            }
        }

        private void replaceIn(List<String> lines, String file) {
            int at = Collections.indexOfSubList(lines, old);
            if (at < 0 || at != Collections.lastIndexOfSubList(lines, old)) {
                throw new IllegalStateException(
                        file + " has to contain these lines once, but " + (at < 0 ? "does not" : "has them again")
                                + "; the mutant has to follow the product:\n" + String.join("\n", old));
            }
            lines.subList(at, at + old.size()).clear();
            lines.addAll(at, replacement);
        }
    }

    /** The patches in the lines of a file: {@code +++ path}, then {@code @@} before each hunk. */
    static List<Patch> parse(List<String> lines) {
        List<Patch> patches = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("+++ ")) {
                patches.add(new Patch(line.substring(4).trim(), new ArrayList<>()));
            } else if (line.startsWith("@@")) {
                last(patches).hunks.add(new Hunk(new ArrayList<>(), new ArrayList<>()));
            } else if (!line.startsWith("---") && !line.startsWith("#") && !patches.isEmpty()) {
                last(last(patches).hunks).add(line);
            }
        }
        return patches;
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    /** The changed text of the file below {@code root}. */
    String apply(Path root) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(root.resolve(file)));
        for (Hunk hunk : hunks) {
            hunk.replaceIn(lines, file);
        }
        return String.join("\n", lines) + "\n";
    }
}
