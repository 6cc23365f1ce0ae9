package io.cacheaside.aspect;

import io.cacheaside.aspect.plan.OwnTtl;
import io.cacheaside.aspect.plan.Version;
import io.cacheaside.aspect.plan.WritePlan.Through;
import io.cacheaside.engine.FillTerms;
import io.cacheaside.engine.Replacement;
import io.cacheaside.engine.ThroughPath;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call of a method that may write through. Its key is rendered on entry and on exit; where an argument has changed
 * meanwhile both keys are only removed.
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose, never compared
record ThroughCall(
        @Nullable Through through,
        @Nullable Object[] args,
        @Nullable String key,
        ThroughPath.@Nullable Call call) implements AutoCloseable {

    /** Takes the lease, unless that was done ahead; {@code through} null: there is nothing to do. */
    static ThroughCall begin(@Nullable Through through, @Nullable Object[] args) {
        String key = through == null ? null : through.key().render(args, null);
        return new ThroughCall(
                through,
                args,
                key,
                through == null || key == null ? null : through.path().begin(key));
    }

    /** What {@code result} puts in the place of the entry; null: nothing. */
    @Nullable
    Replacement replacement(@Nullable Object result) {
        if (through == null || call == null) {
            return null;
        }
        boolean same = Objects.equals(key, through.key().render(args, null));
        Object value = result instanceof Optional<?> optional ? optional.orElse(null) : result;
        return call.replacement(same ? value : null, terms(through), version(through));
    }

    /** What is wrong with a TTL is told by the engine, and the entry removed. */
    private @Nullable FillTerms terms(Through known) {
        OwnTtl ttl = known.ttl();
        return ttl == null
                ? null
                : new FillTerms() {
                    @Override
                    public boolean allow(@Nullable Object value) {
                        return true;
                    }

                    @Override
                    public @Nullable Duration ttlOf(Object value) {
                        return ttl.of(args, value);
                    }
                };
    }

    private @Nullable Function<Object, @Nullable Object> version(Through known) {
        Version version = known.version();
        return version == null ? null : value -> version.of(args, value);
    }

    @Override
    public void close() {
        if (call != null) {
            call.close();
        }
    }
}
