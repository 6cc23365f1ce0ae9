package io.cacheaside.aspect;

import io.cacheaside.aspect.plan.EachParameter;
import io.cacheaside.aspect.plan.WritePlan.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one target at one moment of a call.
 *
 * @param missing why there is none, or one too few; null: all are there
 */
record RenderedKeys(List<String> texts, @Nullable String missing) {

    private static final RenderedKeys NONE = new RenderedKeys(List.of(), null);

    static RenderedKeys of(Target target, @Nullable Object[] args, @Nullable Object result) {
        return NONE.changed(target, args, result);
    }

    /**
     * The keys that there are now and that are not at their place here: of many elements that have not changed none is kept
     * twice.
     */
    RenderedKeys changed(Target target, @Nullable Object[] args, @Nullable Object result) {
        EachParameter each = target.each();
        if (each == null) {
            String key = target.key().render(args, result);
            return key == null
                    ? new RenderedKeys(List.of(), target.key().missing(args, result))
                    : new RenderedKeys(texts.contains(key) ? List.of() : List.of(key), null);
        }
        return args[each.position()] instanceof Collection<?> elements
                ? changed(target, elements, args, result)
                : new RenderedKeys(List.of(), "the collection of #" + each.name() + " is null");
    }

    private RenderedKeys changed(
            Target target, Collection<?> elements, @Nullable Object[] args, @Nullable Object result) {
        List<String> keys = new ArrayList<>();
        String missing = null;
        int rendered = 0;
        @Nullable Object[] extended = Arrays.copyOf(args, args.length + 1);
        for (Object element : elements) {
            extended[args.length] = element;
            String key = target.key().render(extended, result);
            if (key == null) {
                missing = target.key().missing(extended, result);
            } else {
                if (rendered >= texts.size() || !key.equals(texts.get(rendered))) {
                    keys.add(key);
                }
                rendered++;
            }
        }
        return new RenderedKeys(keys, missing);
    }
}
