package io.cacheaside.aspect.plan;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.error.ConfigurationException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The plans of one client's methods, each compiled once. Thread-safe. */
public final class Plans {

    private final PlanCompiler compiler;
    private final Map<MethodOfClass, Plan> plans = new ConcurrentHashMap<>();

    /** No plans yet, for methods that go through {@code client}. */
    public Plans(CacheAsideClient client) {
        this.compiler = new PlanCompiler(client);
    }

    /**
     * The plan of one method, compiled at its first call.
     *
     * @throws ConfigurationException with every mistake of the method, at each call
     */
    public Plan of(AnnotatedMethod method) {
        MethodOfClass id = new MethodOfClass(method.method(), method.target());
        Plan known = plans.get(id);
        if (known != null) {
            return known;
        }
        Problems problems = new Problems();
        Plan plan = compiler.compile(method, problems);
        problems.throwIfAny();
        if (plan == null) {
            throw new ConfigurationException(method.where() + ": has no plan");
        }
        compiler.tellNames();
        Plan first = plans.putIfAbsent(id, plan);
        return first != null ? first : plan;
    }

    /**
     * Compiles all {@code methods}, reads first, so that writes find the caches that they invalidate.
     *
     * @param refusal why the calls of a method cannot be advised at all, as one sentence; empty where they can
     * @throws ConfigurationException with every mistake of every method
     */
    public void check(Collection<AnnotatedMethod> methods, Function<AnnotatedMethod, Optional<String>> refusal) {
        Problems problems = new Problems();
        List<AnnotatedMethod> sorted = new ArrayList<>(methods);
        sorted.sort(Comparator.comparing(AnnotatedMethod::reads).reversed());
        for (AnnotatedMethod method : sorted) {
            refusal.apply(method).ifPresent(sentence -> problems.add(method.where(), sentence));
            Plan plan = compiler.compile(method, problems);
            if (plan != null) {
                plans.putIfAbsent(new MethodOfClass(method.method(), method.target()), plan);
            }
        }
        compiler.checkNames(problems);
        problems.throwIfAny();
    }

    /** The plans compiled so far. */
    public Collection<Plan> known() {
        return List.copyOf(plans.values());
    }

    private record MethodOfClass(Method method, Class<?> target) {}
}
