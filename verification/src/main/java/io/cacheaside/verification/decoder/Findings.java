package io.cacheaside.verification.decoder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What all attackers saw. Thread-safe. */
final class Findings {

    private static final int MOST_EXAMPLES = 20;
    private static final int LONGEST_EXAMPLE = 400;

    private final Map<String, LongAdder> refused = new ConcurrentSkipListMap<>();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder intact = new LongAdder();
    private final AtomicLong violations = new AtomicLong();
    private final List<String> examples = Collections.synchronizedList(new ArrayList<>());
    private final LongAccumulator peakAllocation = new LongAccumulator(Math::max, 0);
    private final LongAccumulator beyondPayload = new LongAccumulator(Math::max, Long.MIN_VALUE);
    private final LongAccumulator slowest = new LongAccumulator(Math::max, 0);

    void refused(String cause) {
        refused.computeIfAbsent(cause, first -> new LongAdder()).increment();
    }

    void accepted() {
        accepted.increment();
    }

    /** A mutation has left the frame as it was, or put something before or behind it. */
    void intact() {
        intact.increment();
    }

    void violation(String what, byte[] bytes) {
        if (violations.incrementAndGet() <= MOST_EXAMPLES) {
            String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, LONGEST_EXAMPLE));
            examples.add(what + ": " + hex + (bytes.length > LONGEST_EXAMPLE ? "…" : ""));
        }
    }

    /** One read of {@code size} bytes has allocated {@code bytes} in {@code nanos}. */
    void cost(long bytes, int size, long nanos) {
        peakAllocation.accumulate(bytes);
        beyondPayload.accumulate(bytes - 8L * size);
        slowest.accumulate(nanos);
    }

    long violations() {
        return violations.get();
    }

    List<String> examples() {
        return List.copyOf(examples);
    }

    /** Accepted values, and refusals by cause. */
    Map<String, Long> outcomes() {
        Map<String, Long> all = new TreeMap<>();
        refused.forEach((cause, count) -> all.put("miss (" + cause + ")", count.sum()));
        all.put("a value of the type", accepted.sum());
        all.put("the value of an intact frame", intact.sum());
        return all;
    }

    long peakAllocation() {
        return peakAllocation.get();
    }

    /** The most that one read has allocated beyond eight times its bytes. */
    long beyondPayload() {
        return beyondPayload.get();
    }

    long slowestNanos() {
        return slowest.get();
    }
}
