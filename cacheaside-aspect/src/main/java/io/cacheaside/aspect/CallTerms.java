package io.cacheaside.aspect;

import io.cacheaside.aspect.plan.Condition;
import io.cacheaside.aspect.plan.OwnTtl;
import io.cacheaside.aspect.plan.ReadPlan;
import io.cacheaside.engine.FillTerms;
import io.cacheaside.key.KeyTemplate;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the annotation of one call says of storing its result. What cannot be evaluated is told once and not stored. */
final class CallTerms implements FillTerms {

    private final ReadPlan plan;
    private final @Nullable Object[] args;
    private final Warnings warnings;

    private CallTerms(ReadPlan plan, @Nullable Object[] args, Warnings warnings) {
        this.plan = plan;
        this.args = args;
        this.warnings = warnings;
    }

    /** Null where the annotation says nothing. */
    static @Nullable CallTerms of(ReadPlan plan, @Nullable Object[] args, Warnings warnings) {
        return plan.unless() == null && plan.ttl() == null && plan.tags().isEmpty()
                ? null
                : new CallTerms(plan, args, warnings);
    }

    @Override
    public boolean allow(@Nullable Object value) {
        Condition unless = plan.unless();
        try {
            return unless == null || !unless.test(args, value);
        } catch (RuntimeException e) {
            notStored("unless", String.valueOf(unless), e);
            return false;
        }
    }

    @Override
    public @Nullable Collection<String> tags() {
        Set<String> tags = new LinkedHashSet<>();
        for (KeyTemplate template : plan.tags()) {
            String tag = template.render(args, null);
            if (tag == null) {
                String why = template.missing(args, null);
                warnings.once(plan.where() + template, "A result of {} is not stored, because {}", plan.where(), why);
                return null;
            }
            tags.add(tag);
        }
        return tags;
    }

    @Override
    public @Nullable Duration ttlOf(Object value) {
        OwnTtl ttl = plan.ttl();
        try {
            return ttl == null ? null : ttl.of(args, value);
        } catch (RuntimeException e) {
            notStored("ttl", String.valueOf(ttl), e);
            return Duration.ZERO;
        }
    }

    private void notStored(String attribute, String text, RuntimeException e) {
        warnings.once(
                plan.where() + attribute + text,
                "A result of {} is not stored, because {} '{}' failed: {}",
                plan.where(),
                attribute,
                text,
                e.toString());
    }
}
