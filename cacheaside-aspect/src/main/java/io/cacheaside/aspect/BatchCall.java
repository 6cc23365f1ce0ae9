package io.cacheaside.aspect;

import io.cacheaside.aspect.plan.BatchPlan;
import io.cacheaside.engine.BatchLoader;
import io.cacheaside.engine.FillTerms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call of a batch: its elements, each key once, and the method for a part of them. */
final class BatchCall implements BatchLoader {

    private final BatchPlan plan;
    private final @Nullable Object[] args;
    private final RepeatableCall method;
    private final Warnings warnings;
    private final List<@Nullable Object> requested;
    private final int[] places;
    private final List<@Nullable Object> elements = new ArrayList<>();
    private final List<@Nullable String> keys = new ArrayList<>();

    /** False where the method has answered under other keys than it was asked for: perhaps they mean those that it has not. */
    private boolean isAbsenceSure = true;

    /** {@code requested} is copied: the caller may change it while the method runs. */
    BatchCall(
            BatchPlan plan,
            @Nullable Object[] args,
            Collection<?> requested,
            RepeatableCall method,
            Warnings warnings) {
        this.plan = plan;
        this.args = args.clone();
        this.method = method;
        this.warnings = warnings;
        this.requested = new ArrayList<>(requested);
        this.places = new int[this.requested.size()];
        render();
    }

    private void render() {
        Map<@Nullable Object, Integer> seen = new HashMap<>();
        @Nullable Object[] extended = Arrays.copyOf(args, args.length + 1);
        for (int i = 0; i < places.length; i++) {
            Object element = requested.get(i);
            extended[args.length] = element;
            String key = plan.element().key().render(extended, null);
            if (key == null) {
                tell(extended);
            }
            Integer known = seen.putIfAbsent(key == null ? new Keyless(element) : key, elements.size());
            places[i] = known == null ? elements.size() : known;
            if (known == null) {
                elements.add(element);
                keys.add(key);
            }
        }
    }

    private void tell(@Nullable Object[] extended) {
        warnings.once(
                plan.where() + plan.element().key(),
                "{} loads an element uncached, because {}",
                plan.where(),
                plan.element().key().missing(extended, null));
    }

    @Nullable
    Object read() throws Throwable {
        @Nullable Object[] values = plan.element().path().readAll(keys, this);
        List<@Nullable Object> all = new ArrayList<>(places.length);
        for (int place : places) {
            all.add(values[place]);
        }
        return plan.result().returned(requested, all);
    }

    @Override
    public @Nullable Object[] load(int[] positions) throws Throwable {
        List<@Nullable Object> asked = new ArrayList<>(positions.length);
        for (int position : positions) {
            asked.add(elements.get(position));
        }
        @Nullable Object[] own = args.clone();
        own[plan.each().position()] = plan.each().collection(asked);
        Object returned = method.with(own).load();
        Object foreign = plan.result().foreign(returned, asked);
        isAbsenceSure = foreign == null;
        if (foreign != null) {
            tellForeign(foreign, asked.get(0));
        }
        return plan.result().values(returned, asked, plan.where());
    }

    private void tellForeign(Object foreign, @Nullable Object asked) {
        warnings.once(
                plan.where() + " foreign",
                "{} returned keys that it was not asked for, such as {}, where it was asked for such as {}: they are ignored, and"
                        + " no absence of that call is remembered. Return the elements themselves as keys",
                plan.where(),
                told(foreign),
                told(asked));
    }

    private static String told(@Nullable Object element) {
        return element == null
                ? "null"
                : "'" + element + "' (" + element.getClass().getSimpleName() + ")";
    }

    @Override
    public @Nullable FillTerms terms(int position) {
        @Nullable Object[] extended = Arrays.copyOf(args, args.length + 1);
        extended[args.length] = elements.get(position);
        return CallTerms.of(plan.element(), extended, warnings);
    }

    @Override
    public boolean isAbsenceSure() {
        return isAbsenceSure;
    }

    /** Never equal to a key. */
    private record Keyless(@Nullable Object element) {}
}
