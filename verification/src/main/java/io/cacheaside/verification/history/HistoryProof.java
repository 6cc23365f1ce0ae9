package io.cacheaside.verification.history;

import io.cacheaside.verification.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Readers and writers of several JVMs on real Redis and a real database: no read is older than a write that had returned
 * before it, and at rest the cache is empty or equal to the database. The same race is run, in turns, by what one would
 * use instead.
 */
public final class HistoryProof {

    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final Settings USUAL = new Settings(
            2,
            8,
            500,
            5,
            Duration.ofMillis(2),
            8,
            Settings.mix("plain=30,transactional=30,strict=20,durable=10,rolled-back=10,write-through=20,background=10"
                    + ",tag=20,whole-cache=1"));

    private HistoryProof() {}

    /**
     * What to do.
     *
     * @param operations how many of them cacheaside does at least
     * @param seconds how long it takes for them at most
     * @param sides cacheaside and those to compare with
     */
    public record Plan(Settings settings, int operations, int seconds, List<String> sides) {

        /** The plan in {@code options}. */
        public static Plan of(Options options) {
            options.only(
                    Set.of("ops", "seconds", "jvms", "threads", "keys", "writes", "load", "shelf", "mix", "peers"));
            List<String> sides = new ArrayList<>(List.of(Sides.CACHEASIDE));
            String peers = options.text("peers", String.join(",", Sides.PEERS));
            if (!peers.equals("none")) {
                sides.addAll(List.of(peers.split(",", -1)));
            }
            if (!Sides.PEERS.containsAll(sides.subList(1, sides.size()))) {
                throw new IllegalArgumentException("--peers wants 'none' or some of " + Sides.PEERS);
            }
            return new Plan(
                    USUAL.with(options),
                    options.positive("ops", 100_000),
                    options.positive("seconds", Integer.MAX_VALUE),
                    sides);
        }
    }

    /** Everything about one side. */
    private static final class Figures {

        private final String side;
        private final List<Long> slices = new ArrayList<>();
        private long operations;
        private long unconfirmed;
        private long refused;
        private long failed;
        private final WriteCounts writes = new WriteCounts();
        private int wrongAtRest;
        private Findings findings = new Findings();

        Figures(String side) {
            this.side = side;
        }

        void add(Race.Turn turn) {
            operations += turn.operations();
            unconfirmed += turn.unconfirmed();
            refused += turn.refused();
            failed += turn.failed();
            writes.add(turn.writes());
            slices.add(turn.operations());
        }

        /** The median, without the first slice, in which everything was new. */
        double operationsPerSecond() {
            List<Long> sorted =
                    slices.stream().skip(slices.size() > 1 ? 1 : 0).sorted().toList();
            return sorted.get(sorted.size() / 2) / (SLICE.toMillis() / 1e3);
        }

        boolean isRight() {
            return findings.violations() == 0 && wrongAtRest == 0 && failed == 0 && findings.operations() > 0;
        }
    }

    /** The last line. */
    public record Verdict(boolean passed, String text) {
        @Override
        public String toString() {
            return (passed ? "PASS" : "FAIL") + " history: " + text;
        }
    }

    /** Runs the race and prints its figures. */
    public static Verdict run(Plan plan, PrintStream out) throws IOException {
        List<Figures> all = plan.sides.stream().map(Figures::new).toList();
        Figures ours = all.get(0);
        long began = System.nanoTime();
        try (Weaving weaving = new Weaving();
                Race race = Race.start(plan.settings, weaving, plan.sides)) {
            while (ours.operations < plan.operations && ours.slices.size() < plan.seconds) {
                for (Figures figures : all) {
                    figures.add(race.turn(figures.side, SLICE));
                }
            }
            for (Figures figures : all) {
                figures.wrongAtRest = race.wrongAtRest(figures.side);
                figures.findings = HistoryChecker.check(race.history(figures.side));
            }
        }
        return report(plan, all, (System.nanoTime() - began) / 1e9, out);
    }

    private static Verdict report(Plan plan, List<Figures> all, double seconds, PrintStream out) {
        double byHand = all.stream()
                .filter(figures -> figures.side.equals(Sides.BY_HAND))
                .mapToDouble(Figures::operationsPerSecond)
                .findAny()
                .orElse(Double.NaN);
        out.printf(
                Locale.ROOT,
                "%-14s %12s %10s %8s %8s %11s %8s %13s %8s %8s%n",
                "side",
                "operations",
                "writes",
                "stale",
                "unborn",
                "stalest",
                "at rest",
                "unconfirmed",
                "ops/s",
                "by hand");
        all.forEach(figures -> out.println(line(figures, byHand)));
        Figures ours = all.get(0);
        out.println("  writes of cacheaside: " + ours.writes);
        ours.findings.examples().forEach(example -> out.println("  wrong: " + example));
        if (ours.refused > 0) {
            out.println("  " + ours.refused + " strict writes refused: their marks were not acknowledged in time");
        }
        if (ours.failed > 0) {
            out.println("  " + ours.failed + " calls failed");
        }
        return new Verdict(
                ours.isRight(),
                String.format(
                        Locale.ROOT,
                        "%d operations in %d JVMs, %d violations, %d keys wrong at rest, %.0f operations/s%s; %.0f s in all",
                        ours.findings.operations(),
                        plan.settings.jvms(),
                        ours.findings.violations(),
                        ours.wrongAtRest,
                        ours.operationsPerSecond(),
                        Double.isNaN(byHand)
                                ? ""
                                : String.format(Locale.ROOT, ", %.2f x by hand", ours.operationsPerSecond() / byHand),
                        seconds));
    }

    private static String line(Figures figures, double byHand) {
        Findings findings = figures.findings;
        return String.format(
                Locale.ROOT,
                "%-14s %,12d %,10d %,8d %,8d %8.1f ms %8d %13d %,8.0f %8s",
                figures.side,
                findings.operations(),
                findings.writes(),
                findings.stale(),
                findings.unborn(),
                findings.worstNanos() / 1e6,
                figures.wrongAtRest,
                figures.unconfirmed,
                figures.operationsPerSecond(),
                Double.isNaN(byHand) ? "" : String.format(Locale.ROOT, "%.2f", figures.operationsPerSecond() / byHand));
    }
}
