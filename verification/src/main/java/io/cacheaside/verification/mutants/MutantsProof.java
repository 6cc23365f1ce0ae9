package io.cacheaside.verification.mutants;

import io.cacheaside.verification.FileTree;
import io.cacheaside.verification.Options;
import io.cacheaside.verification.faults.FaultsProof;
import io.cacheaside.verification.history.HardRace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The unchanged product has to pass a hard race, and each of its mutants has to be caught in the same race. A mutant that
 * is not caught says that the checker, or the race, is too weak.
 */
public final class MutantsProof {

    /** A mutant's race ends when it is caught; one that is not has had its chance, on a busy machine too. */
    private static final int LEAST_SECONDS = 60;

    private MutantsProof() {}

    /**
     * What to do.
     *
     * @param seconds how long the race of the unchanged product is; a mutant is raced until it is caught, as long at most, or a
     *     minute where that is longer
     * @param only names of mutants; empty for all
     */
    public record Plan(int seconds, List<String> only) {

        /** The plan in {@code options}. */
        public static Plan of(Options options) {
            options.only(Set.of("seconds", "only"));
            String only = options.text("only", "");
            return new Plan(options.positive("seconds", 60), only.isEmpty() ? List.of() : List.of(only.split(",", -1)));
        }
    }

    /** The last line. */
    public record Verdict(boolean passed, String text) {
        @Override
        public String toString() {
            return (passed ? "PASS" : "FAIL") + " mutants: " + text;
        }
    }

    /** Builds the mutants of the project around the working directory, races each, and prints the table. */
    public static Verdict run(Plan plan, PrintStream out) throws IOException {
        Path root = root();
        List<Mutant> mutants = Stream.concat(Mutant.all(root).stream(), Mutant.ofFaults(root).stream())
                .filter(mutant -> plan.only.isEmpty() || plan.only.contains(mutant.name()))
                .toList();
        Path work = Files.createTempDirectory("cacheaside-mutants");
        try {
            for (Mutant mutant : mutants) { // all of them first: a patch that does not fit is told at once
                mutant.build(root, Files.createDirectory(work.resolve(mutant.name())));
            }
            try (HardRace hard = new HardRace()) {
                return race(hard, plan, mutants, work, out);
            }
        } finally {
            FileTree.delete(work);
        }
    }

    private static Verdict race(HardRace hard, Plan plan, List<Mutant> mutants, Path work, PrintStream out)
            throws IOException {
        out.println(line("version", "expected", "got", "caught after", "wrong reads", "at rest", "what is broken"));
        List<HardRace.Outcome> unchanged = new ArrayList<>();
        for (HardRace.Sort sort : sorts(mutants)) {
            unchanged.add(row(hard, sort, null, plan, work, out));
        }
        List<String> missed = new ArrayList<>();
        for (Mutant mutant : mutants) {
            boolean caught = mutant.faults().isEmpty()
                    ? row(hard, mutant.race(), mutant, plan, work, out).isCaught()
                    : faultsRow(mutant, plan, work, out);
            if (!caught) {
                missed.add(mutant.name());
            }
        }
        boolean clean = unchanged.stream()
                .allMatch(outcome -> !outcome.isCaught() && !outcome.isVoid() && outcome.failed() == 0);
        return new Verdict(
                clean && missed.isEmpty() && !mutants.isEmpty(),
                String.format(
                        Locale.ROOT,
                        "%d of %d mutants caught%s; the product itself: %d violations in %d operations (%d hits), %d keys"
                                + " wrong at rest, %d failed calls",
                        mutants.size() - missed.size(),
                        mutants.size(),
                        missed.isEmpty() ? "" : ", not " + missed,
                        sum(unchanged, HardRace.Outcome::violations),
                        sum(unchanged, HardRace.Outcome::operations),
                        sum(unchanged, HardRace.Outcome::hits),
                        sum(unchanged, HardRace.Outcome::wrongAtRest),
                        sum(unchanged, HardRace.Outcome::failed)));
    }

    private static long sum(List<HardRace.Outcome> outcomes, ToLongFunction<HardRace.Outcome> figure) {
        return outcomes.stream().mapToLong(figure).sum();
    }

    /** What the product itself has to pass: all that {@code mutants} are raced in. */
    private static Set<HardRace.Sort> sorts(List<Mutant> mutants) {
        Set<HardRace.Sort> sorts = EnumSet.noneOf(HardRace.Sort.class);
        mutants.forEach(mutant -> sorts.add(mutant.race()));
        return sorts;
    }

    private static HardRace.Outcome row(
            HardRace hard, HardRace.Sort sort, @Nullable Mutant mutant, Plan plan, Path work, PrintStream out)
            throws IOException {
        List<Path> changed = mutant == null ? List.of() : List.of(work.resolve(mutant.name()));
        Duration longest = mutant == null ? Duration.ofSeconds(plan.seconds) : longest(plan);
        HardRace.Outcome outcome = hard.run(sort, longest, changed);
        out.println(line(
                mutant == null ? "unchanged, " + sort.name().toLowerCase(Locale.ROOT) : mutant.name(),
                mutant == null ? "holds" : "caught",
                outcome.isCaught() ? "caught" : "holds",
                "" + outcome.untilCaught(),
                "" + outcome.violations(),
                "" + outcome.wrongAtRest(),
                mutant == null ? "" : mutant.title()));
        if (mutant == null) {
            outcome.examples().forEach(example -> out.println("  wrong: " + example));
        }
        return outcome;
    }

    /** Mutants that show only when something else breaks; the product itself passes these faults in their own proof. */
    private static boolean faultsRow(Mutant mutant, Plan plan, Path work, PrintStream out) throws IOException {
        FaultsProof.Verdict verdict =
                FaultsProof.until(mutant.faults(), longest(plan), List.of(work.resolve(mutant.name())));
        boolean caught = verdict.violations() > 0;
        out.println(line(
                mutant.name(),
                "caught",
                caught ? "caught" : "holds",
                "",
                "" + verdict.violations(),
                "",
                mutant.title() + " (" + String.join(", ", mutant.faults()) + ")"));
        return caught;
    }

    private static Duration longest(Plan plan) {
        return Duration.ofSeconds(Math.max(LEAST_SECONDS, plan.seconds));
    }

    private static String line(String... cells) {
        return String.format(Locale.ROOT, "%-26s %-8s %-7s %12s %12s %8s  %s", (Object[]) cells)
                .stripTrailing();
    }

    /** The project around the working directory. */
    static Path root() {
        for (Path path = Path.of("").toAbsolutePath(); path != null; path = path.getParent()) {
            if (Files.isDirectory(path.resolve("verification/mutants"))) {
                return path;
            }
        }
        throw new IllegalStateException("run this inside the project: its sources are what the mutants are made of");
    }
}
