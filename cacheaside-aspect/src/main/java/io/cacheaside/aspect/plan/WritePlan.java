package io.cacheaside.aspect.plan;

import io.cacheaside.key.KeyTemplate;
import io.cacheaside.policy.InvalidationPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the {@code @Invalidate} annotations of one method ask for, in source order. */
public record WritePlan(String where, List<Rule> rules) implements Plan {

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

    /** One annotation; {@code condition} null: always. */
    public record Rule(
            List<Target> targets,
            InvalidationPolicy policy,
            @Nullable Condition condition) {

        boolean marksResultKeys() {
            return policy.strict()
                    && targets.stream().anyMatch(target -> target.key().usesResult());
        }
    }

    /** Keys of one cache. */
    public record Target(String cache, KeyTemplate key) {}
}
