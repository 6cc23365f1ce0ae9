package io.cacheaside.aspect;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.plan.BatchPlan;
import io.cacheaside.aspect.plan.Condition;
import io.cacheaside.aspect.plan.Plan;
import io.cacheaside.aspect.plan.ReadPlan;
import io.cacheaside.aspect.plan.WritePlan;
import io.cacheaside.engine.Loader;
import io.cacheaside.hot.HotMethod;
import io.cacheaside.spi.BypassReason;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Runs an annotated method under its plan. Both skins end here. What the method throws reaches the caller as thrown.
 * Thread-safe.
 */
public final class CacheAsideAdvice {

    private final CacheAsideClient client;
    private final Warnings warnings = new Warnings();
    private final WriteAdvice writes;

    /** The advice of methods that go through {@code client}. */
    public CacheAsideAdvice(CacheAsideClient client) {
        this.client = client;
        this.writes = new WriteAdvice(client, warnings);
    }

    /**
     * The result of one call: from the cache or from {@code method}.
     *
     * @param args the call's arguments, never copied
     * @param method runs the method; called once at most on this thread, and once in the background at most, detached; for a
     *     batch a {@link RepeatableCall}
     * @throws Throwable only what {@code method} throws, or for a strict write a
     *     {@link io.cacheaside.error.StrictWriteException} before it has run
     */
    public @Nullable Object invoke(Plan plan, @Nullable Object[] args, Loader method) throws Throwable {
        if (plan instanceof WritePlan write) {
            return writes.write(write, args, method);
        }
        if (!client.isOpen()) {
            warnings.once("closed", "The client is closed: annotated methods run without cache ({})", plan.where());
            return method.load();
        }
        if (plan instanceof BatchPlan batch) {
            return readAll(batch, args, (RepeatableCall) method);
        }
        return read((ReadPlan) plan, args, method);
    }

    /**
     * Runs {@code method}, which leads to {@link #invoke} of the same call: for advice outside the transaction that the method
     * begins, where a write-through has to take its lease.
     *
     * @throws Throwable only what {@code method} throws
     */
    public @Nullable Object ahead(Plan plan, @Nullable Object[] args, Loader method) throws Throwable {
        return plan instanceof WritePlan write ? writes.ahead(write, args, method) : method.load();
    }

    private @Nullable Object readAll(BatchPlan plan, @Nullable Object[] args, RepeatableCall method) throws Throwable {
        ReadPlan element = plan.element();
        Condition condition = element.condition();
        if (condition != null && !holds(condition, element, args)) {
            return element.path().bypass(BypassReason.CONDITION, method);
        }
        if (args[plan.each().position()] instanceof Collection<?> elements) {
            return new BatchCall(plan, args, elements, method, warnings).read();
        }
        warnings.once(plan.where() + " null", "{} runs uncached, because its collection is null", plan.where());
        return element.path().bypass(BypassReason.KEY, method);
    }

    private @Nullable Object read(ReadPlan plan, @Nullable Object[] args, Loader method) throws Throwable {
        Condition condition = plan.condition();
        if (condition != null && !holds(condition, plan, args)) {
            return plan.path().bypass(BypassReason.CONDITION, method);
        }
        String key = plan.key().render(args, null);
        if (key == null) {
            String why = plan.key().missing(args, null);
            warnings.once(plan.where() + plan.key(), "{} runs uncached, because {}", plan.where(), why);
            return plan.path().bypass(BypassReason.KEY, method);
        }
        HotMethod hot = plan.hot();
        if (hot != null) {
            hot.seen(args);
        }
        Loader loader = plan.result().loader(method);
        Object stored = plan.path()
                .read(
                        key,
                        plan.path().refreshesEarly() ? new KeyedLoader(loader, plan, args, key) : loader,
                        CallTerms.of(plan, args, warnings));
        return stored == null && !plan.result().mayBeAbsent()
                ? method.load()
                : plan.result().returned(stored);
    }

    /** A condition that cannot be evaluated does not hold: the method runs. */
    private boolean holds(Condition condition, ReadPlan plan, @Nullable Object[] args) {
        try {
            return condition.test(args, null);
        } catch (RuntimeException e) {
            warnings.once(
                    plan.where() + condition,
                    "{} runs uncached, because its condition '{}' failed: {}",
                    plan.where(),
                    condition,
                    e.toString());
            return false;
        }
    }
}
