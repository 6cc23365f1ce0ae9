package io.cacheaside.aspect.plan;

import io.cacheaside.aspect.adapt.ResultAdapter;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.hot.HotMethod;
import io.cacheaside.key.KeyTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code @CacheAside} asks for.
 *
 * @param cache name of the cache
 * @param condition null: always cached
 * @param unless null: always stored
 * @param ttl null: as long as the policy says
 * @param tags under which an entry is registered
 * @param hot is told of the calls; null: they are not recorded
 */
public record ReadPlan(
        String where,
        String cache,
        KeyTemplate key,
        ReadPath path,
        ResultAdapter result,
        @Nullable Condition condition,
        @Nullable Condition unless,
        @Nullable OwnTtl ttl,
        @Nullable HotMethod hot,
        List<KeyTemplate> tags)
        implements Plan {}
