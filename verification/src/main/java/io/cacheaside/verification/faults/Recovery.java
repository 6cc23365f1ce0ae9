package io.cacheaside.verification.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When a race is as it was before a fault: in every JVM the cache answers at least half as large a part of the reads as it
 * did then, and no removal waits to be acknowledged.
 */
final class Recovery {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int WINDOW = 4;
    private static final int FEWEST_READS = 10;

    private Recovery() {}

    /** The parts of the reads that the cache answers in {@code jvms}, seen for {@code length}, longer where nothing is read. */
    static double[] usual(List<Racing> jvms, Duration length) throws IOException {
        double[] parts = new double[jvms.size()];
        List<Racing.State> begin = states(jvms);
        FaultRace.rest(length);
        for (int jvm = 0; jvm < parts.length; jvm++) {
            Racing.State now = jvms.get(jvm).state();
            while (now.reads() - begin.get(jvm).reads() < FEWEST_READS) {
                FaultRace.rest(LOOK_EVERY);
                now = jvms.get(jvm).state();
            }
            parts[jvm] = part(begin.get(jvm), now);
        }
        return parts;
    }

    /** How long it takes from now until {@code usual} is reached again; {@code longest} where it takes longer. */
    static Duration await(List<Racing> jvms, double[] usual, Duration longest) throws IOException {
        long begin = System.nanoTime();
        List<List<Racing.State>> seen = new ArrayList<>(List.of(states(jvms)));
        while (System.nanoTime() - begin < longest.toNanos()) {
            FaultRace.rest(LOOK_EVERY);
            long looked = System.nanoTime();
            seen.add(states(jvms));
            if (isUsual(seen.get(Math.max(0, seen.size() - 1 - WINDOW)), seen.get(seen.size() - 1), usual)) {
                return Duration.ofNanos(looked - begin);
            }
        }
        return longest;
    }

    private static boolean isUsual(List<Racing.State> before, List<Racing.State> now, double[] usual) {
        for (int jvm = 0; jvm < usual.length; jvm++) {
            boolean reads = now.get(jvm).reads() - before.get(jvm).reads() >= FEWEST_READS;
            boolean hits = part(before.get(jvm), now.get(jvm)) >= usual[jvm] / 2;
            if (!reads || !hits || now.get(jvm).open() > 0) {
                return false;
            }
        }
        return true;
    }

    private static double part(Racing.State from, Racing.State to) {
        return (to.hits() - from.hits()) / (double) Math.max(1, to.reads() - from.reads());
    }

    private static List<Racing.State> states(List<Racing> jvms) throws IOException {
        List<Racing.State> states = new ArrayList<>();
        for (Racing jvm : jvms) {
            states.add(jvm.state());
        }
        return states;
    }
}
