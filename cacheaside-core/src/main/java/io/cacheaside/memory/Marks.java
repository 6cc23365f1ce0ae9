package io.cacheaside.memory;

import io.cacheaside.spi.Removal;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The marks that stand on one key, by token, immutable; deadlines are the ticker's. */
record Marks(Map<Long, Long> ends) {

    static final Marks NONE = new Marks(Map.of());

    /** The settle mark's place; no write has this token. */
    private static final long SETTLE = Removal.NO_MARK;

    Marks at(long now) {
        if (ends.isEmpty() || ends.values().stream().allMatch(end -> end - now > 0)) {
            return this;
        }
        Map<Long, Long> live = new HashMap<>(ends);
        live.values().removeIf(end -> end - now <= 0);
        return new Marks(live);
    }

    boolean stand() {
        return !ends.isEmpty();
    }

    /** How much longer one of them stands at {@code now}; null: none does. */
    @Nullable
    Duration left(long now) {
        return ends.values().stream()
                .map(end -> Duration.ofNanos(end - now))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    Marks with(long token, long end) {
        Map<Long, Long> more = new HashMap<>(ends);
        more.put(token, end);
        return new Marks(more);
    }

    /** After {@code removal}, executed at {@code now}. */
    Marks after(Removal removal, long now) {
        if (removal.isPlain()) {
            return this;
        }
        Map<Long, Long> left = new HashMap<>(ends);
        if (removal.mark() != Removal.NO_MARK) {
            left.remove(removal.mark());
        }
        if (!removal.settle().isZero()) {
            left.merge(SETTLE, now + removal.settle().toNanos(), (old, end) -> end - old > 0 ? end : old);
        }
        return new Marks(left);
    }
}
