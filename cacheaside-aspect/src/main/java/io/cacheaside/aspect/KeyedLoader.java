package io.cacheaside.aspect;

import io.cacheaside.aspect.plan.ReadPlan;
import io.cacheaside.engine.Loader;
import org.jspecify.annotations.Nullable;

/**
 * A method that may run when its call has ended. By then the caller may have changed what its arguments say, and the result
 * would be another key's; so the key is rendered again before and after.
 *
 * @param args of the call, never copied
 * @param key as rendered for the call
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose, never compared
record KeyedLoader(Loader method, ReadPlan plan, @Nullable Object[] args, String key) implements Loader {

    @Override
    public @Nullable Object load() throws Throwable {
        return method.load();
    }

    @Override
    public Loader detached() {
        Loader detached = method.detached();
        return () -> {
            check();
            Object value = detached.load();
            check();
            return value;
        };
    }

    private void check() {
        if (!key.equals(plan.key().render(args, null))) {
            throw new IllegalStateException("The arguments of a call of " + plan.where() + " were changed after it had"
                    + " returned, so it cannot be repeated for the key " + key);
        }
    }
}
