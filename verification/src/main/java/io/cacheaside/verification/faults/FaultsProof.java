package io.cacheaside.verification.faults;

import io.cacheaside.verification.Options;
import io.cacheaside.verification.history.Weaving;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

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

        private List<Fault> kinds() {
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

    /** The last line. */
    public record Verdict(boolean passed, long violations, String text) {
        @Override
        public String toString() {
            return (passed ? "PASS" : "FAIL") + " faults: " + text;
        }
    }

    /** Runs the race and prints a line for each fault, then the table. */
    public static Verdict run(Plan plan, PrintStream out) throws IOException {
        return run(plan, List.of(), Long.MAX_VALUE, out);
    }

    /**
     * Runs the race with {@code changed} classes in place of the product's, until something is wrong or, begun anew after
     * each fault, {@code longest} is over. Prints nothing.
     */
    public static Verdict until(List<String> faults, Duration longest, List<Path> changed) throws IOException {
        Plan plan = new Plan(Integer.MAX_VALUE, faults, Duration.ofSeconds(1), 1);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return run(plan, changed, longest.toNanos(), nowhere);
    }

    private static Verdict run(Plan plan, List<Path> changed, long longestNanos, PrintStream out) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        List<String> leaked;
        long began = System.nanoTime();
        try (Weaving weaving = new Weaving();
                FaultRace race = new FaultRace(weaving, changed)) {
            Threads threads = new Threads(race.threads());
            SplittableRandom random = new SplittableRandom(plan.seed);
            List<Fault> kinds = plan.kinds();
            long violations = 0;
            long end = longestNanos == Long.MAX_VALUE ? Long.MAX_VALUE : System.nanoTime() + longestNanos;
            while (outcomes.size() < plan.faults
                    && (end == Long.MAX_VALUE || (violations == 0 && System.nanoTime() < end))) {
                Outcome outcome = race.round(kinds.get(outcomes.size() % kinds.size()), random);
                outcomes.add(outcome);
                violations += outcome.violations();
                out.printf(Locale.ROOT, "%4d/%d %s%n", outcomes.size(), plan.faults, outcome);
                outcome.complaints().forEach(complaint -> out.println("  wrong: " + complaint));
            }
            leaked = threads.leaked(race.threads());
        }
        return new FaultsReport(outcomes, leaked, (System.nanoTime() - began) / 1e9).print(out);
    }
}
