package io.cacheaside.hot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recording of one annotated read. Thread-safe.
 *
 * @see HotCalls#method
 */
public final class HotMethod {

    /** Longer ones are not worth their place. */
    private static final int LONGEST_LINE = 512;

    private final HotCalls calls;
    private final HotCache cache;
    private final String where;
    private final boolean storable;

    HotMethod(HotCalls calls, HotCache cache, String where, List<Class<?>> parameters) {
        this.calls = calls;
        this.cache = cache;
        this.where = where;
        this.storable = ArgumentText.knows(parameters);
    }

    /** A call was made. Usually draws a random number and nothing else; never waits. */
    public void seen(@Nullable Object[] args) {
        if (!calls.isSampled() || Thread.currentThread() instanceof WarmThread) {
            return;
        }
        String line = storable ? line(args) : null;
        if (line == null || line.length() > LONGEST_LINE) {
            calls.skipped(cache.name(), where);
        } else {
            cache.add(line);
        }
    }

    private String line(@Nullable Object[] args) {
        List<@Nullable String> texts = new ArrayList<>(args.length + 1);
        texts.add(where);
        Arrays.stream(args)
                .map(argument -> argument == null ? null : ArgumentText.of(argument))
                .forEach(texts::add);
        return ArgumentLine.of(texts);
    }
}
