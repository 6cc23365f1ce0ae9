package io.cacheaside.aspect.plan;

import io.cacheaside.engine.KeyGroup;
import io.cacheaside.engine.ThroughPath;
import io.cacheaside.key.KeyTemplate;
import io.cacheaside.policy.InvalidationPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code @Invalidate} and {@code @WriteThrough} annotations of one method ask for, in source order.
 *
 * @param rules what is removed, the key of {@code through} too
 */
public record WritePlan(
        String where, List<Rule> rules, @Nullable Through through) implements Plan {

    /** True where a key that has to be marked is known only after the method: that needs a transaction. */
    public boolean marksResultKeys() {
        for (Rule rule : rules) {
            if (rule.marksResultKeys()) {
                return true;
            }
        }
        return false;
    }

    /** True where a key has to be noted in the outbox. */
    public boolean isDurable() {
        for (Rule rule : rules) {
            if (rule.policy().durable()) {
                return true;
            }
        }
        return false;
    }

    /**
     * One annotation.
     *
     * @param groups keys that are removed together, known without a call
     * @param condition null: always
     */
    public record Rule(
            List<Target> targets,
            List<KeyGroup> groups,
            InvalidationPolicy policy,
            @Nullable Condition condition) {

        boolean marksResultKeys() {
            return policy.strict()
                    && targets.stream().anyMatch(target -> target.key().usesResult());
        }
    }

    /**
     * What the result takes the place of, if it may.
     *
     * @param ttl of each result; null: the policy's
     * @param version null: whatever the entry is
     */
    public record Through(
            String cache,
            KeyTemplate key,
            ThroughPath path,
            @Nullable OwnTtl ttl,
            @Nullable Version version) {}

    /**
     * Keys of one cache.
     *
     * @param cache null: what the template makes are tags
     * @param each not null: one for every element, which the template finds behind the arguments
     */
    public record Target(
            @Nullable String cache,
            KeyTemplate key,
            @Nullable EachParameter each) {}
}
