package io.cacheaside.aspect.plan;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.WriteThrough;
import io.cacheaside.aspect.adapt.ResultAdapter;
import io.cacheaside.engine.KeyGroup;
import io.cacheaside.engine.ThroughPath;
import io.cacheaside.key.KeyTemplate;
import io.cacheaside.key.TemplateContext;
import io.cacheaside.policy.CacheCatalog;
import io.cacheaside.policy.CacheSettings;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns a {@code @WriteThrough} into its part of a plan. */
final class ThroughCompiler {

    private final CacheAsideClient client;
    private final CacheCatalog catalog;
    private final TagCatalog tagged;

    ThroughCompiler(CacheAsideClient client, CacheCatalog catalog, TagCatalog tagged) {
        this.client = client;
        this.catalog = catalog;
        this.tagged = tagged;
    }

    /**
     * The part of {@code method}'s plan; null, with its problems added, where there is something wrong.
     *
     * @param rules of its other annotations
     * @param cacheOf the cache that a key belongs to
     */
    WritePlan.@Nullable Through compile(
            AnnotatedMethod method,
            WriteThrough write,
            TemplateContext context,
            List<WritePlan.Rule> rules,
            Function<KeyTemplate, String> cacheOf,
            Problems problems) {
        String where = method.where() + " @WriteThrough";
        ResultAdapter result = problems.attempt(where, () -> ResultAdapter.of(method.method(), method.target()));
        KeyTemplate key = problems.attempt(where + " key", () -> key(write.key(), context));
        CacheSettings declared = Settings.declared(write, where, problems);
        OwnTtl ttl = new ConditionCompiler(context.expressions(), method.method(), problems)
                .compileTtl(where + " ttl", write.ttl());
        Version version = write.version().isBlank()
                ? null
                : problems.attempt(
                        where + " version",
                        () -> new VersionCompiler(context)
                                .compile(write.version().strip()));
        if (key != null && isRemoved(key, rules)) {
            problems.add(where + " key", "@Invalidate of the same key removes what is stored: leave one of them out");
        }
        if (result == null || key == null) {
            return null;
        }
        String cache = cacheOf.apply(key);
        if (rules.stream().anyMatch(rule -> KeyGroup.anyMayHold(rule.groups(), cache))) {
            problems.add(
                    where + " key",
                    "@Invalidate(all = true) of cache '" + cache + "' removes what is stored: leave one of them out");
        }
        catalog.contradiction(cache, result.stored()).ifPresent(problem -> problems.add(where, problem));
        tagged.addThrough(key, method.where()).ifPresent(problem -> problems.add(where, problem));
        ThroughPath path = problems.attempt(where, () -> path(cache, declared, result));
        if (path == null) {
            return null;
        }
        if (path.policy().slides() && ttl != null) {
            problems.add(
                    where + " ttl",
                    "'" + write.ttl() + "': with AFTER_ACCESS ttl is how long any value lives without a hit: write a"
                            + " duration");
        }
        return new WritePlan.Through(cache, key, path, ttl, version);
    }

    private static KeyTemplate key(String template, TemplateContext context) {
        KeyTemplate key = KeyTemplate.compile(template, context);
        if (key.usesResult()) {
            throw new IllegalArgumentException("'" + template + "': a key of #result is known only when the method has"
                    + " returned, and whether another write overlapped it has to be watched from its beginning: use keys of"
                    + " the arguments, or @Invalidate");
        }
        return key;
    }

    private static boolean isRemoved(KeyTemplate key, List<WritePlan.Rule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.targets().stream())
                .anyMatch(target ->
                        target.cache() != null && target.key().toString().equals(key.toString()));
    }

    /** What the write leaves open is as the cache's reads have it. */
    private ThroughPath path(String cache, CacheSettings declared, ResultAdapter result) {
        CacheSettings settings = declared.orElse(catalog.declared(cache));
        return client.throughPath(client.policyOf(cache, settings), result.stored());
    }
}
