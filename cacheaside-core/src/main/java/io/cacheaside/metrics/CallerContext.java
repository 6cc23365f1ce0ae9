package io.cacheaside.metrics;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a task in the background takes along of the thread that it comes from: SLF4J's MDC and Micrometer's current
 * observation, so that its log lines and traces tell where it began. Nothing by which it could act for the caller: neither
 * the request, the security context nor whatever else the application has registered for propagation. Needs
 * {@code io.micrometer:context-propagation}, which is optional.
 */
public final class CallerContext {

    private static final String LIBRARY = "io.micrometer.context.integration.Slf4jThreadLocalAccessor";

    private CallerContext() {}

    /** Gives a task the context of the thread that calls this; the task itself where the library is absent. */
    public static UnaryOperator<Runnable> find() {
        try {
            Class.forName(LIBRARY, false, CallerContext.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            return UnaryOperator.identity();
        }
        return Propagation::inContext;
    }

    /** The only class that touches the library. */
    private static final class Propagation {

        private static final String OBSERVATION = "micrometer.observation";
        private static final Set<Object> TAKEN = Set.of(Slf4jThreadLocalAccessor.KEY, OBSERVATION);

        static Runnable inContext(Runnable task) {
            ContextSnapshot snapshot = ContextSnapshotFactory.builder()
                    .contextRegistry(registry())
                    .build()
                    .captureAll();
            return snapshot.wrap(task);
        }

        /** The MDC first: opening an observation's scope writes its trace into it. */
        private static ContextRegistry registry() {
            ContextRegistry registry =
                    new ContextRegistry().registerThreadLocalAccessor(new Slf4jThreadLocalAccessor());
            for (ThreadLocalAccessor<?> known : ContextRegistry.getInstance().getThreadLocalAccessors()) {
                if (TAKEN.contains(known.key())) {
                    registry.registerThreadLocalAccessor(known);
                }
            }
            return registry;
        }
    }
}
