package io.cacheaside.aspect.warm;

import io.cacheaside.hot.ArgumentLine;
import io.cacheaside.hot.HotCalls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was recorded; what cannot be called any more is skipped. */
final class HotCallsSource implements WarmSource {

    private final String cache;
    private final HotCalls recorded;
    private final Map<String, WarmCall> calls = new HashMap<>();

    HotCallsSource(String cache, HotCalls recorded, List<WarmCall> calls) {
        this.cache = cache;
        this.recorded = recorded;
        calls.forEach(call -> this.calls.putIfAbsent(call.where(), call));
    }

    @Override
    public void read(Calls to) throws Exception {
        for (String line : recorded.hottest(cache)) {
            if (!add(line, to)) {
                return;
            }
        }
    }

    private boolean add(String line, Calls to) {
        @Nullable Object[] arguments;
        WarmCall call;
        try {
            List<@Nullable String> texts = ArgumentLine.texts(line);
            call = calls.get(String.valueOf(texts.get(0)));
            if (call == null) {
                to.skip("hot call of cache '" + cache + "': there is no read " + texts.get(0) + " of it any more");
                return true;
            }
            arguments = call.arguments(texts.subList(1, texts.size()));
        } catch (IllegalArgumentException e) {
            to.skip("hot call of cache '" + cache + "': " + e.getMessage());
            return true;
        }
        return to.add(call, arguments);
    }
}
