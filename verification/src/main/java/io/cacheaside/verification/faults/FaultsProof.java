package io.cacheaside.verification.faults;

import io.cacheaside.verification.Options;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Readers and writers race in several JVMs while one thing after another breaks. After each fault what docs/consistency.md
 * promises has to hold, everything has to be as before within five seconds, and nothing may be left over.
 */
public final class FaultsProof {

    private FaultsProof() {}

    /**
     * What to do.
     *
     * @param faults how many
     * @param only names of kinds; empty for all
     * @param longest of the freezes
     * @param seed of what is random
     */
    public record Plan(int faults, List<String> only, Duration longest, long seed) {

        /** The plan in {@code options}. */
        public static Plan of(Options options) {
            options.only(Set.of("faults", "only", "longest", "seed"));
            String only = options.text("only", "");
            Plan plan = new Plan(
                    options.positive("faults", 100),
                    only.isEmpty() ? List.of() : List.of(only.split(",", -1)),
                    options.duration("longest", Duration.ofSeconds(10)),
                    options.positive("seed", 1));
            plan.kinds();
            return plan;
        }

        List<Fault> kinds() {
            List<Fault> all = new Faults(longest).all();
            List<String> names = all.stream().map(Fault::name).toList();
            if (!names.containsAll(only)) {
                throw new IllegalArgumentException("--only wants some of " + names);
            }
            return all.stream()
                    .filter(fault -> only.isEmpty() || only.contains(fault.name()))
                    .toList();
        }
    }

    /**
     * The last line.
     *
     * @param harmless whether all was right but, perhaps, that something took its time
     */
    public record Verdict(boolean passed, boolean harmless, long violations, String text) {
        @Override
        public String toString() {
            return (passed ? "PASS" : "FAIL") + " faults: " + text;
        }
    }

    /** Runs the race and prints a line for each fault, then the table. */
    public static Verdict run(Plan plan, PrintStream out) throws IOException {
        return new FaultsRun(plan, List.of(), out).run(plan.faults, Duration.ofDays(1), false);
    }

    /**
     * Runs the race with {@code changed} classes in place of the product's, until something is wrong or, at the end of a
     * round, {@code longest} is over. Prints nothing.
     */
    public static Verdict until(List<String> faults, Duration longest, List<Path> changed) throws IOException {
        Plan plan = new Plan(faults.size(), faults, Duration.ofSeconds(1), 1);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new FaultsRun(plan, changed, nowhere).run(1_000, longest, true);
    }
}
