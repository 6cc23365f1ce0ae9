package io.cacheaside.verification.history;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A race in which a broken protocol cannot hide: loads of up to 16 ms, some replies and some requests that are late by up to
 * 300 ms, a lagging replica beside the master.
 */
public final class HardRace implements AutoCloseable {

    private static final Duration SLICE = Duration.ofSeconds(1);

    /** What is raced. */
    public enum Sort {
        /** Three keys, and transactions that read their own rows and roll back. */
        KEYS(3, 0, 10, "plain=3,transactional=3,strict=1,rolled-back=1,write-through=4"),
        /** Many keys, and a tag with more of them than a page of its index has. */
        GROUPS(1_200, 600, 4, "plain=4,transactional=2,tag=4,whole-cache=2");

        private final int keys;
        private final int shelf;
        private final int writesPercent;
        private final String mix;

        Sort(int keys, int shelf, int writesPercent, String mix) {
            this.keys = keys;
            this.shelf = shelf;
            this.writesPercent = writesPercent;
            this.mix = mix;
        }

        private Settings settings() {
            return new Settings(2, 12, keys, writesPercent, Duration.ofMillis(8), shelf, Settings.mix(mix));
        }
    }

    private final Weaving weaving = new Weaving();

    /** A race that can be run many times. */
    public HardRace() throws IOException {}

    /**
     * What came of it.
     *
     * @param operations how many were done
     * @param reads how many of them were reads
     * @param violations wrong reads among them
     * @param untilCaught how many had returned when the first wrong read did; all of them where there was none
     * @param wrongAtRest keys that were read wrong when nobody wrote any more
     * @param failed calls that threw
     * @param hits reads that the cache answered
     * @param examples some of the wrong reads
     */
    public record Outcome(
            long operations,
            long reads,
            long violations,
            long untilCaught,
            int wrongAtRest,
            long failed,
            long hits,
            List<String> examples) {

        /** True where the race says nothing, because the cache hardly answered. */
        public boolean isVoid() {
            return hits < reads / 20;
        }

        /** True where the checker has something to complain about. */
        public boolean isCaught() {
            return violations > 0 || wrongAtRest > 0;
        }
    }

    /**
     * Races for {@code longest}, or until something is wrong.
     *
     * @param changed classes that take the place of the product's
     */
    public Outcome run(Sort sort, Duration longest, List<Path> changed) throws IOException {
        try (Race race = Race.startHard(sort.settings(), weaving, changed)) {
            long failed = 0;
            long hits = 0;
            Findings findings = new Findings();
            for (Duration raced = Duration.ZERO;
                    raced.compareTo(longest) < 0 && findings.violations() == 0;
                    raced = raced.plus(SLICE)) {
                Race.Turn turn = race.turn(Sides.CACHEASIDE, SLICE);
                failed += turn.failed();
                hits += turn.hits();
                findings = HistoryChecker.check(race.history(Sides.CACHEASIDE));
            }
            return new Outcome(
                    findings.operations(),
                    findings.reads(),
                    findings.violations(),
                    until(findings.firstAt(), race.history(Sides.CACHEASIDE)),
                    race.wrongAtRest(Sides.CACHEASIDE),
                    failed,
                    hits,
                    findings.examples());
        }
    }

    private static long until(long time, Iterable<Operation> history) {
        long count = 0;
        for (Operation operation : history) {
            count += operation.returned() <= time ? 1 : 0;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        weaving.close();
    }
}
