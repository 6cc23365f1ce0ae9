package io.cacheaside.aspect.weave;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.plan.AnnotatedMethod;
import io.cacheaside.aspect.plan.Plans;
import io.cacheaside.error.ConfigurationException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.aspectj.lang.ProceedingJoinPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client that woven methods go through: one for all of them, from {@link #bind} until {@link #close}. Without one
 * they simply run, with one warning. Thread-safe.
 */
public final class CacheAsideWeaving implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CacheAsideWeaving.class);

    /** The only static state: a woven method knows nothing else to ask. */
    private static final AtomicReference<@Nullable CacheAsideWeaving> CURRENT = new AtomicReference<>();

    private static final AtomicBoolean UNBOUND_TOLD = new AtomicBoolean();

    private final @Nullable WovenCalls calls;

    private CacheAsideWeaving(@Nullable WovenCalls calls) {
        this.calls = calls;
    }

    /**
     * Sends all woven methods through {@code client}, after a look at every class of the named packages and below: each
     * mistake in their annotations is reported, and so is each annotated method that was not woven. Methods of other
     * classes are checked at their first call. A later bind takes the place of an earlier one, with a warning.
     *
     * @param packages such as {@code com.shop}; none: every method is checked at its first call
     * @return what ends the binding; closing it leaves the client open
     * @throws ConfigurationException with all mistakes of all classes; nothing is bound then
     */
    public static CacheAsideWeaving bind(CacheAsideClient client, String... packages) {
        Plans plans = new Plans(client);
        List<AnnotatedMethod> methods = WovenClasses.in(packages);
        plans.check(methods, WovenClasses::refusal);
        CacheAsideWeaving binding = new CacheAsideWeaving(new WovenCalls(client, plans));
        CacheAsideWeaving earlier = CURRENT.getAndSet(binding);
        if (earlier != null && earlier.calls != null && earlier.calls.hasSeenAny()) {
            LOG.warn("Woven methods were bound already and now go through namespace '{}'", client.namespace());
        }
        LOG.debug("Woven methods go through namespace '{}', {} of them checked", client.namespace(), methods.size());
        return binding;
    }

    /** Says that woven methods are to run without cache, so that nobody is warned of a forgotten {@link #bind}. */
    public static CacheAsideWeaving off() {
        CacheAsideWeaving none = new CacheAsideWeaving(null);
        CURRENT.set(none);
        return none;
    }

    /** Ends the binding: woven methods simply run. Harmless when repeated, or after another bind. */
    @Override
    public void close() {
        CURRENT.compareAndSet(this, null);
    }

    static @Nullable WovenCalls calls() {
        CacheAsideWeaving current = CURRENT.get();
        return current == null ? null : current.calls;
    }

    static @Nullable Object unbound(ProceedingJoinPoint call) throws Throwable {
        if (CURRENT.get() == null && UNBOUND_TOLD.compareAndSet(false, true)) {
            LOG.warn(
                    "{} was woven, but no client is bound: it runs without cache. Call CacheAsideWeaving.bind",
                    call.getSignature());
        }
        return call.proceed();
    }
}
