package io.cacheaside.verification.decoder;

import io.cacheaside.verification.Options;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Mutated entries through the door that readers use: no exception reaches a caller, no object of a class that was not
 * allowed is made, no damaged frame is a value, and memory and time are bounded by the size of the entry.
 */
public final class DecoderProof {

    private static final long ALLOCATION_BOUND = 1 << 20;
    private static final long SLOWEST_AIM_MILLIS = 100;
    private static final long TELL_EVERY_SECONDS = 10;

    private DecoderProof() {}

    /** What to do: {@code executions} mutations from {@code seed} on, after every small damage there is. */
    public record Plan(int executions, int seed) {

        /** The plan that {@code options} ask for. */
        public static Plan of(Options options) {
            options.only(Set.of("executions", "seed"));
            return new Plan(options.positive("executions", 1_000_000), options.positive("seed", 1));
        }
    }

    /**
     * The last lines.
     *
     * @param allocatedBeyond the most bytes that one read has allocated beyond eight times those of its entry
     * @param gadgets whether a class outside the allowed ones was initialized or made
     */
    public record Verdict(long executions, long violations, boolean gadgets, long allocatedBeyond, long slowestMillis) {

        /** True where nothing was violated; time is looked at by {@link #isQuick}. */
        public boolean passed() {
            return violations == 0 && !gadgets && allocatedBeyond <= ALLOCATION_BOUND;
        }

        /** True where no read took longer than the aim. */
        public boolean isQuick() {
            return slowestMillis < SLOWEST_AIM_MILLIS;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s decoder: %,d executions, %d violations, gadgets made: %s, at most 8 x entry %+,d bytes allocated"
                            + " (bound +%,d), slowest %d ms of processor time (aim"
                            + " %d)",
                    passed() && isQuick() ? "PASS" : "FAIL",
                    executions,
                    violations,
                    gadgets ? "YES" : "none",
                    allocatedBeyond,
                    ALLOCATION_BOUND,
                    slowestMillis,
                    SLOWEST_AIM_MILLIS);
        }
    }

    /** Attacks on all processors, and tells {@code out} how it goes. */
    public static Verdict run(Plan plan, PrintStream out) throws InterruptedException, ExecutionException {
        Findings findings = new Findings();
        AtomicLong executed = new AtomicLong();
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService attackers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                long seed = plan.seed() * 1_000L + i;
                boolean first = i == 0;
                running.add(attackers.submit(() -> attack(findings, seed, first, executed, plan.executions())));
            }
            attackers.shutdown();
            while (!attackers.awaitTermination(TELL_EVERY_SECONDS, TimeUnit.SECONDS)) {
                out.printf(
                        Locale.ROOT,
                        "%,d of %,d, %d violations%n",
                        executed.get(),
                        plan.executions(),
                        findings.violations());
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            attackers.shutdownNow();
        }
        findings.outcomes().forEach((kind, count) -> out.printf(Locale.ROOT, "%,14d  %s%n", count, kind));
        findings.examples().forEach(out::println);
        out.printf(Locale.ROOT, "peak allocation of one read %,d bytes%n", findings.peakAllocation());
        return new Verdict(
                executed.get(),
                findings.violations(),
                Gadget.Trace.touched,
                findings.beyondPayload(),
                TimeUnit.NANOSECONDS.toMillis(findings.slowestNanos()));
    }

    private static void attack(Findings findings, long seed, boolean first, AtomicLong executed, int executions) {
        Attack attack = new Attack(findings, seed);
        attack.warmUp();
        if (first) {
            attack.bombs(executed::addAndGet);
            attack.everySmallDamage(executed::addAndGet);
        }
        while (executed.incrementAndGet() <= executions) {
            attack.once();
        }
    }
}
