package io.cacheaside.entry;

import io.cacheaside.policy.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a read of a key would meet at this moment, and why. For people; a read may meet something else a moment later.
 *
 * @param cache name of the cache
 * @param key complete key
 * @param reasons sentences, the most important one first; one at least
 * @param age how long ago the entry was stored, by the clocks of two JVMs; null: there is none that can be read
 * @param left how much longer the store keeps it; null: there is none, or the store cannot tell
 * @param payloadBytes of its value; null: there is none that can be read
 * @param ttl what the policy says
 * @param origin who says that
 * @param lease how much longer somebody has the lease to load it; null: nobody, or the store cannot tell
 * @param mark how much longer a strict or settling write keeps it from being stored; null: none, or the store cannot tell
 */
public record Explanation(
        String cache,
        String key,
        State state,
        List<String> reasons,
        @Nullable Duration age,
        @Nullable Duration left,
        @Nullable Integer payloadBytes,
        Duration ttl,
        Origin origin,
        @Nullable Duration lease,
        @Nullable Duration mark) {

    private static final Duration LONG = Duration.ofSeconds(10);

    /** What a read would meet. */
    public enum State {
        /** It would be answered from the cache: with a value, or with a remembered absence. */
        HIT,
        /** The value is past its lifetime and answers only where its load fails. */
        STALE,
        /** It would load. */
        MISS,
        /** It would load without asking the cache, or for its caller only. */
        BYPASS
    }

    /** Who says a setting. */
    public enum Origin {
        /** The configuration of the cache. */
        CONFIGURED,
        /** The annotation, or the code that made the handle. */
        DECLARED,
        /** The configuration of all caches. */
        DEFAULTS,
        /** Nobody. */
        BUILT_IN
    }

    /** An explanation with a copy of {@code reasons}. */
    public Explanation {
        reasons = List.copyOf(reasons);
    }

    /** This with one more reason. */
    public Explanation and(String reason) {
        List<String> more = new ArrayList<>(reasons);
        more.add(reason);
        return new Explanation(cache, key, state, more, age, left, payloadBytes, ttl, origin, lease, mark);
    }

    /** One line; times from ten seconds on in whole seconds. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(key).append(": ").append(state);
        line.append(" (").append(String.join("; ", reasons)).append(')');
        append(line, "age", age);
        append(line, "left", left);
        if (payloadBytes != null) {
            line.append(", ").append(payloadBytes).append(" bytes");
        }
        line.append(", ttl ").append(Durations.format(ttl)).append(' ').append(origin);
        append(line, "lease", lease);
        append(line, "mark", mark);
        return line.toString();
    }

    private static void append(StringBuilder line, String name, @Nullable Duration value) {
        if (value != null) {
            line.append(", ").append(name).append(' ').append(told(value));
        }
    }

    private static String told(Duration value) {
        return value.equals(ChronoUnit.FOREVER.getDuration())
                ? "for ever"
                : Durations.format(
                        value.truncatedTo(value.compareTo(LONG) < 0 ? ChronoUnit.MILLIS : ChronoUnit.SECONDS));
    }
}
