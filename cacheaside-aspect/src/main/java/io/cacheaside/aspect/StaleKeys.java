package io.cacheaside.aspect;

import io.cacheaside.aspect.plan.Condition;
import io.cacheaside.aspect.plan.WritePlan;
import io.cacheaside.aspect.plan.WritePlan.Rule;
import io.cacheaside.aspect.plan.WritePlan.Target;
import io.cacheaside.spi.CacheListener;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys that one call of a write makes stale. Arguments are mutable, so keys and conditions over them are taken on
 * entry and again when the method has finished, and the union counts. In doubt a key is stale: a condition that cannot
 * be evaluated, or needs the result of a call that threw, holds.
 */
final class StaleKeys {

    private final WritePlan plan;
    private final CacheListener listener;
    private final Warnings warnings;
    private final Map<Target, String> onEntry = new LinkedHashMap<>();
    private final Set<Rule> heldOnEntry = new HashSet<>();
    private final Map<String, Set<String>> byCache = new LinkedHashMap<>();

    StaleKeys(WritePlan plan, CacheListener listener, Warnings warnings) {
        this.plan = plan;
        this.listener = listener;
        this.warnings = warnings;
    }

    void onEntry(@Nullable Object[] args) {
        for (Rule rule : plan.rules()) {
            for (Target target : rule.targets()) {
                String key = target.key().usesResult() ? null : target.key().render(args, null);
                if (key != null) {
                    onEntry.put(target, key);
                }
            }
            Condition condition = rule.condition();
            if (condition == null || !condition.usesResult() && holds(condition, args, null)) {
                heldOnEntry.add(rule);
            }
        }
    }

    /** Complete keys by cache after a normal end. */
    Map<String, Set<String>> afterReturn(@Nullable Object[] args, @Nullable Object result) {
        for (Rule rule : plan.rules()) {
            Condition condition = rule.condition();
            if (condition == null || heldOnEntry.contains(rule) || holds(condition, args, result)) {
                rule.targets().forEach(target -> add(target, args, result));
            }
        }
        return byCache;
    }

    /** Complete keys by cache after an exception; keys that need the result are skipped. */
    Map<String, Set<String>> afterThrow(@Nullable Object[] args) {
        for (Rule rule : plan.rules()) {
            Condition condition = rule.condition();
            if (condition == null
                    || heldOnEntry.contains(rule)
                    || condition.usesResult()
                    || holds(condition, args, null)) {
                rule.targets().forEach(target -> addAfterThrow(target, args));
            }
        }
        return byCache;
    }

    private void addAfterThrow(Target target, @Nullable Object[] args) {
        if (target.key().usesResult()) {
            listener.keySkipped(target.cache());
        } else {
            add(target, args, null);
        }
    }

    private void add(Target target, @Nullable Object[] args, @Nullable Object result) {
        String before = onEntry.get(target);
        String after = target.key().render(args, result);
        if (before == null && after == null) {
            listener.keySkipped(target.cache());
            String why = target.key().missing(args, result);
            warnings.once(
                    plan.where() + target.key(),
                    "{} does not invalidate '{}', because {}",
                    plan.where(),
                    target.key(),
                    why);
        }
        add(target, before);
        add(target, after);
    }

    private void add(Target target, @Nullable String key) {
        if (key != null) {
            byCache.computeIfAbsent(target.cache(), cache -> new LinkedHashSet<>())
                    .add(key);
        }
    }

    private boolean holds(Condition condition, @Nullable Object[] args, @Nullable Object result) {
        try {
            return condition.test(args, result);
        } catch (RuntimeException e) {
            warnings.once(
                    plan.where() + condition,
                    "{} invalidates, because its condition '{}' failed: {}",
                    plan.where(),
                    condition,
                    e.toString());
            return true;
        }
    }
}
