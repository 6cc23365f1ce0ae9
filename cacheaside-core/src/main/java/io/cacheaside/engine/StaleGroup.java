package io.cacheaside.engine;

import io.cacheaside.policy.InvalidationPolicy;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A group of keys that a write makes stale.
 *
 * @param policy neither strict nor durable and without time to settle: those go with keys that are known before
 */
public record StaleGroup(KeyGroup group, InvalidationPolicy policy) {

    /** Refuses what no group can be given. */
    public StaleGroup {
        if (policy.strict() || policy.durable() || !policy.settle().isZero()) {
            throw new IllegalArgumentException(group + " can be neither strict nor durable nor settle");
        }
    }

    /** All keys of {@code cache}, which are removed after the write and nothing else. */
    public static StaleGroup ofCache(String cache) {
        return new StaleGroup(new KeyGroup.WholeCache(cache), InvalidationPolicy.PLAIN);
    }

    /** Each group once, in order of appearance, under what all its mentions ask for together. */
    static List<StaleGroup> merged(Collection<StaleGroup> all) {
        Map<KeyGroup, StaleGroup> byGroup = new LinkedHashMap<>();
        for (StaleGroup stale : all) {
            byGroup.merge(stale.group, stale, (one, other) -> new StaleGroup(one.group, one.policy.and(other.policy)));
        }
        return List.copyOf(byGroup.values());
    }
}
