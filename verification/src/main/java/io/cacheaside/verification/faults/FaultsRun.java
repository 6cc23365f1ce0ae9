package io.cacheaside.verification.faults;

import io.cacheaside.verification.faults.FaultsProof.Plan;
import io.cacheaside.verification.history.Weaving;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** One run of a plan: a race for each sort of Redis that its faults need, one after the other. */
final class FaultsRun {

    private final Plan plan;
    private final List<Path> changed;
    private final PrintStream out;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> leaked = new ArrayList<>();
    private final SplittableRandom random;
    private final long began = System.nanoTime();

    FaultsRun(Plan plan, List<Path> changed, PrintStream out) {
        this.plan = plan;
        this.changed = changed;
        this.out = out;
        this.random = new SplittableRandom(plan.seed());
    }

    /**
     * Runs {@code count} faults, one kind after another.
     *
     * @param longest no further fault of a race after this time
     * @param untilWrong no further fault after a violation
     */
    FaultsProof.Verdict run(int count, Duration longest, boolean untilWrong) throws IOException {
        List<Fault> kinds = plan.kinds();
        List<Fault> all = IntStream.range(0, count)
                .mapToObj(number -> kinds.get(number % kinds.size()))
                .toList();
        try (Weaving weaving = new Weaving()) {
            for (Fault.Place place : Fault.Place.values()) {
                List<Fault> here =
                        all.stream().filter(fault -> fault.place() == place).toList();
                if (!here.isEmpty()) {
                    race(place, here, weaving, longest, untilWrong);
                }
            }
        }
        return new FaultsReport(outcomes, leaked, (System.nanoTime() - began) / 1e9).print(out);
    }

    private void race(Fault.Place place, List<Fault> faults, Weaving weaving, Duration longest, boolean untilWrong)
            throws IOException {
        try (FaultRace race = new FaultRace(place, weaving, changed)) {
            Threads threads = new Threads(race.threads());
            long up = System.nanoTime(); // JVMs take their time to start where others are busy
            for (Fault fault : faults) {
                boolean wrong = untilWrong && outcomes.stream().anyMatch(outcome -> outcome.violations() > 0);
                if (wrong || System.nanoTime() - up > longest.toNanos()) {
                    break;
                }
                tell(race.round(fault, random));
            }
            leaked.addAll(threads.leaked(race.threads()));
        }
    }

    private void tell(Outcome outcome) {
        outcomes.add(outcome);
        out.printf(Locale.ROOT, "%4d/%d %s%n", outcomes.size(), plan.faults(), outcome);
        outcome.complaints().forEach(complaint -> out.println("  wrong: " + complaint));
    }
}
