package io.cacheaside.aspect;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.plan.Condition;
import io.cacheaside.aspect.plan.WritePlan;
import io.cacheaside.aspect.plan.WritePlan.Rule;
import io.cacheaside.aspect.plan.WritePlan.Target;
import io.cacheaside.engine.Stale;
import io.cacheaside.engine.StaleGroup;
import io.cacheaside.engine.StaleSet;
import io.cacheaside.policy.InvalidationPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a write makes stale. Arguments are mutable, so keys and conditions over them are taken on
 * entry and again when the method has finished, and the union counts. In doubt a key is stale: a condition that cannot
 * be evaluated, or needs the result of a call that threw, holds.
 */
final class StaleKeys {

    private final WritePlan plan;
    private final CacheAsideClient client;
    private final Warnings warnings;
    private final Map<Target, RenderedKeys> onEntry = new HashMap<>();
    private final Set<Rule> heldOnEntry = new HashSet<>();
    private final List<Stale> stale = new ArrayList<>();
    private final List<StaleGroup> groups = new ArrayList<>();
    private final List<Later> later = new ArrayList<>();

    /** Keys of one target that are removed in the background; {@code before} and {@code after} the method, some in both. */
    record Later(String cache, List<String> before, List<String> after, InvalidationPolicy policy) {

        /** Those that are not in {@code others}. */
        Iterable<String> without(Set<String> others) {
            return () -> Stream.concat(before.stream(), after.stream())
                    .filter(key -> !others.contains(key))
                    .iterator();
        }
    }

    StaleKeys(WritePlan plan, CacheAsideClient client, Warnings warnings) {
        this.plan = plan;
        this.client = client;
        this.warnings = warnings;
    }

    /**
     * What is known before the method runs, but for the keys that are removed in the background; more may turn out to be stale,
     * and fewer. They are strict unless their condition is already known to be false.
     */
    StaleSet onEntry(@Nullable Object[] args) {
        List<Stale> known = new ArrayList<>();
        List<StaleGroup> knownGroups = new ArrayList<>();
        for (Rule rule : plan.rules()) {
            Condition condition = rule.condition();
            boolean open = condition != null && condition.usesResult();
            if (condition == null || !open && holds(condition, args, null)) {
                heldOnEntry.add(rule);
            }
            boolean likely = open || heldOnEntry.contains(rule);
            InvalidationPolicy policy = likely ? rule.policy() : rule.policy().withoutMark();
            addGroups(rule, knownGroups);
            for (Target target : rule.targets()) {
                if (!target.key().usesResult()) {
                    RenderedKeys keys = RenderedKeys.of(target, args, null);
                    onEntry.put(target, keys);
                    if (!policy.async()) {
                        keys.texts().forEach(text -> add(target, text, policy, known, knownGroups));
                    }
                }
            }
        }
        return new StaleSet(known, knownGroups);
    }

    private static void addGroups(Rule rule, List<StaleGroup> all) {
        rule.groups().forEach(group -> all.add(new StaleGroup(group, rule.policy())));
    }

    /** What is stale after a normal end, but for {@link #later}. */
    StaleSet afterReturn(@Nullable Object[] args, @Nullable Object result) {
        for (Rule rule : plan.rules()) {
            Condition condition = rule.condition();
            if (condition == null || heldOnEntry.contains(rule) || holds(condition, args, result)) {
                rule.targets().forEach(target -> add(rule, target, args, result));
                addGroups(rule, groups);
            }
        }
        return new StaleSet(stale, groups);
    }

    /** What is stale after an exception, but for {@link #later}; keys that need the result are skipped. */
    StaleSet afterThrow(@Nullable Object[] args) {
        for (Rule rule : plan.rules()) {
            Condition condition = rule.condition();
            if (condition == null
                    || heldOnEntry.contains(rule)
                    || condition.usesResult()
                    || holds(condition, args, null)) {
                rule.targets().forEach(target -> addAfterThrow(rule, target, args));
                addGroups(rule, groups);
            }
        }
        return new StaleSet(stale, groups);
    }

    private void addAfterThrow(Rule rule, Target target, @Nullable Object[] args) {
        if (target.key().usesResult()) {
            skipped(target);
        } else {
            add(rule, target, args, null);
        }
    }

    private void add(Rule rule, Target target, @Nullable Object[] args, @Nullable Object result) {
        RenderedKeys before = onEntry.get(target);
        RenderedKeys after =
                before == null ? RenderedKeys.of(target, args, result) : before.changed(target, args, result);
        if (after.missing() != null && (before == null || before.missing() != null)) {
            skipped(target);
            warnings.once(
                    plan.where() + target.key(),
                    "{} does not invalidate '{}', because {}",
                    plan.where(),
                    target.key(),
                    after.missing());
        }
        List<String> known = before == null ? List.of() : before.texts();
        String cache = target.cache();
        if (rule.policy().async() && cache != null) {
            later.add(new Later(cache, known, after.texts(), rule.policy()));
        } else {
            Set<String> keys = new LinkedHashSet<>(known);
            keys.addAll(after.texts());
            keys.forEach(text -> add(target, text, rule.policy(), stale, groups));
        }
    }

    private void add(Target target, String text, InvalidationPolicy policy, List<Stale> keys, List<StaleGroup> tags) {
        String cache = target.cache();
        if (cache == null) {
            tags.add(client.taggedWith(text, policy.ofGroup()));
        } else {
            keys.add(new Stale(cache, text, policy));
        }
    }

    private void skipped(Target target) {
        if (target.cache() != null) {
            client.listener().keySkipped(target.cache());
        }
    }

    /**
     * Once the end is known: tells {@code told} what is removed in the background. A key that is removed at once as well is not
     * among them.
     */
    void later(Background told) {
        if (!later.isEmpty()) {
            Set<String> atOnce = stale.stream().map(Stale::key).collect(Collectors.toSet());
            later.forEach(keys -> told.remove(keys.cache(), keys.without(atOnce), keys.policy()));
        }
    }

    /** Removes keys some time later. */
    interface Background {

        void remove(String cache, Iterable<String> keys, InvalidationPolicy policy);
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
