package io.cacheaside.verification.faults;

import io.cacheaside.verification.Percentiles;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The table of a fault race, a line for each kind of fault.
 *
 * @param leaked threads that were not there at the beginning
 */
record FaultsReport(List<Outcome> outcomes, List<String> leaked, double seconds) {

    FaultsProof.Verdict print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%n%-30s %6s %11s %10s %11s %8s %6s %10s %10s %6s%n",
                "fault",
                "count",
                "operations",
                "violations",
                "unconfirmed",
                "refused",
                "errors",
                "recovered",
                "at most",
                "leaks");
        Map<String, List<Outcome>> kinds = new LinkedHashMap<>();
        outcomes.forEach(outcome -> kinds.computeIfAbsent(outcome.fault(), name -> new ArrayList<>())
                .add(outcome));
        kinds.forEach((name, kind) -> out.println(line(name, kind)));
        leaked.forEach(thread -> out.println("  leaked thread: " + thread));
        return verdict(kinds.size());
    }

    private FaultsProof.Verdict verdict(int kinds) {
        long violations = outcomes.stream().mapToLong(Outcome::violations).sum();
        return new FaultsProof.Verdict(
                leaked.isEmpty() && !outcomes.isEmpty() && outcomes.stream().allMatch(Outcome::isRight),
                leaked.isEmpty() && !outcomes.isEmpty() && outcomes.stream().allMatch(Outcome::isHarmless),
                violations,
                String.format(
                        Locale.ROOT,
                        "%d faults of %d kinds, %d violations in %d operations, %d errors seen by callers, %d leaks, as"
                                + " before after %d ms at most; %.0f s in all",
                        outcomes.size(),
                        kinds,
                        violations,
                        outcomes.stream()
                                .mapToLong(it -> it.findings().operations())
                                .sum(),
                        outcomes.stream().mapToLong(it -> it.calls().failed()).sum(),
                        outcomes.stream().mapToLong(it -> it.leaks().size()).sum() + leaked.size(),
                        outcomes.isEmpty() ? 0 : recoveries(outcomes).at(100),
                        seconds));
    }

    private static String line(String name, List<Outcome> kind) {
        return String.format(
                Locale.ROOT,
                "%-30s %6d %,11d %10d %,11d %8d %6d %7d ms %7d ms %6d",
                name,
                kind.size(),
                kind.stream().mapToLong(it -> it.findings().operations()).sum(),
                kind.stream().mapToLong(Outcome::violations).sum(),
                kind.stream().mapToLong(it -> it.calls().unconfirmed()).sum(),
                kind.stream().mapToLong(it -> it.calls().refused()).sum(),
                kind.stream().mapToLong(it -> it.calls().failed()).sum(),
                recoveries(kind).at(50),
                recoveries(kind).at(100),
                kind.stream().mapToLong(it -> it.leaks().size()).sum());
    }

    private static Percentiles recoveries(List<Outcome> outcomes) {
        return new Percentiles(outcomes.stream()
                .mapToLong(outcome -> outcome.recovery().toMillis())
                .toArray());
    }
}
