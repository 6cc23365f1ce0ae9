package io.cacheaside.aspect.plan;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.engine.KeyGroup.WholeCache;
import io.cacheaside.key.CacheName;
import io.cacheaside.key.ExpressionCompiler;
import io.cacheaside.policy.CacheCatalog;
import io.cacheaside.policy.InvalidationPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns an {@code @Invalidate(cache, all = true)} into its part of a plan. */
final class WholeCacheCompiler {

    private final CacheAsideClient client;
    private final CacheCatalog catalog;
    private final @Nullable ExpressionCompiler expressions;
    private final WholeCacheNames names;

    /** {@code names} is told of each cache. */
    WholeCacheCompiler(
            CacheAsideClient client,
            CacheCatalog catalog,
            @Nullable ExpressionCompiler expressions,
            WholeCacheNames names) {
        this.client = client;
        this.catalog = catalog;
        this.expressions = expressions;
        this.names = names;
    }

    /** The rule of {@code write}, which names a cache or all of its keys; removes nothing where there is something wrong. */
    WritePlan.Rule compile(AnnotatedMethod method, Invalidate write, Problems problems) {
        String where = method.where() + " @Invalidate";
        Condition condition = new ConditionCompiler(expressions, method.method(), problems)
                .compile(where + " condition", write.condition(), true);
        InvalidationPolicy policy = Settings.declared(write, where, problems);
        if (!isWhole(write, where, problems) || !GroupCheck.WHOLE_CACHE.holds(policy, where, problems)) {
            return nothing(condition);
        }
        String cache = problems.attempt(where + " cache", () -> CacheName.checked(write.cache()));
        InvalidationPolicy configured =
                cache == null ? null : problems.attempt(where, () -> client.invalidationOf(cache, policy));
        if (cache == null || configured == null) {
            return nothing(condition);
        }
        if (configured.durable()) {
            problems.add(
                    where + " all",
                    "cache '" + cache
                            + "' is configured to be durable, and the outbox takes keys that are known by name:"
                            + " name the keys, or set durable = false for the cache");
            return nothing(condition);
        }
        names.add(cache, method.where());
        catalog.addWhole(cache, method.where()).ifPresent(problem -> problems.add(where + " cache", problem));
        return new WritePlan.Rule(List.of(), List.of(new WholeCache(cache)), configured, condition);
    }

    private static WritePlan.Rule nothing(@Nullable Condition condition) {
        return new WritePlan.Rule(List.of(), List.of(), InvalidationPolicy.PLAIN, condition);
    }

    private static boolean isWhole(Invalidate write, String where, Problems problems) {
        if (!write.all()) {
            problems.add(
                    where + " cache",
                    "'" + write.cache()
                            + "' is named without all = true: the cache of a key is known by its template, so"
                            + " leave cache out, or write all = true where every key of it is to be removed");
        } else if (write.cache().isEmpty()) {
            problems.add(where + " all", "all = true without a cache: name it, as in cache = \"product\"");
        } else if (write.key().length > 0 || write.tags().length > 0) {
            problems.add(
                    where + " all",
                    "all = true removes every key of cache '" + write.cache()
                            + "': leave key and tags out, or write an @Invalidate of its own for keys of another cache");
        } else {
            return true;
        }
        return false;
    }
}
