package io.cacheaside.aspect.plan;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.key.KeyTemplate;
import io.cacheaside.key.TemplateContext;
import io.cacheaside.policy.CachePolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the {@code tags} of a read, and those of a write, into templates. */
final class TagCompiler {

    private final TagCatalog catalog;
    private final Problems problems;

    TagCompiler(TagCatalog catalog, Problems problems) {
        this.catalog = catalog;
        this.problems = problems;
    }

    /** The tags of a read with {@code key} under {@code policy}; those with a problem are left out after it was added. */
    List<KeyTemplate> compile(
            AnnotatedMethod method, CacheAside read, KeyTemplate key, TemplateContext context, CachePolicy policy) {
        String where = method.where() + " @CacheAside";
        List<KeyTemplate> tags = new ArrayList<>();
        for (String template : read.tags()) {
            KeyTemplate tag = problems.attempt(where + " tags", () -> KeyTemplate.compileTag(template, context, key));
            if (tag != null) {
                tags.add(tag);
            }
        }
        catalog.addRead(key, tags, method.where()).ifPresent(problem -> problems.add(where + " tags", problem));
        if (read.tags().length > 0) {
            checkLifetime(read, policy, where + " tags");
        }
        return List.copyOf(tags);
    }

    private void checkLifetime(CacheAside read, CachePolicy policy, String where) {
        if (policy.slides()) {
            problems.add(
                    where,
                    "with AFTER_ACCESS hits prolong an entry, and its tags would forget it meanwhile: leave one of them out");
        }
        if (OwnTtl.isExpression(read.ttl())) {
            problems.add(
                    where,
                    "ttl '" + read.ttl()
                            + "' is known only when the value is, and its key is registered under the tags, for"
                            + " at least as long, before: write a duration");
        }
    }

    /** What the tags of a write make; {@code context} knows its element. */
    List<WritePlan.Target> compile(
            AnnotatedMethod method, Invalidate write, TemplateContext context, @Nullable EachParameter each) {
        String where = method.where() + " @Invalidate";
        List<WritePlan.Target> targets = new ArrayList<>();
        for (String template : write.tags()) {
            KeyTemplate tag = problems.attempt(where + " tags", () -> KeyTemplate.compileTag(template, context, null));
            if (tag != null) {
                targets.add(new WritePlan.Target(null, tag, tag.usesElement() ? each : null));
            }
        }
        return targets;
    }
}
