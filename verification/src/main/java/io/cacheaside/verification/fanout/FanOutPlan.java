package io.cacheaside.verification.fanout;

import io.cacheaside.policy.BackgroundPolicy;
import io.cacheaside.verification.Options;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What to do.
 *
 * @param keys how many keys one write makes stale
 * @param cached how many of them have an entry
 * @param rate keys a second; 0: no limit
 * @param queue how many keys wait at most
 * @param heap of the JVM that writes
 */
public record FanOutPlan(int keys, int cached, int rate, int queue, String heap) {

    /** The plan in {@code options}. */
    public static FanOutPlan of(Options options) {
        options.only(Set.of("keys", "cached", "rate", "queue", "heap"));
        String rate = options.text("rate", "0");
        return new FanOutPlan(
                options.positive("keys", 1_000_000),
                options.positive("cached", 20_000),
                rate.equals("0") ? 0 : options.positive("rate", 0),
                options.positive("queue", BackgroundPolicy.DEFAULT.queueSize()),
                options.text("heap", "144m"));
    }

    static FanOutPlan parse(String... args) {
        return new FanOutPlan(
                Integer.parseInt(args[0]),
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                args[4]);
    }

    List<String> arguments() {
        return List.of("" + keys, "" + cached, "" + rate, "" + queue, heap);
    }

    BackgroundPolicy policy() {
        return new BackgroundPolicy(rate, queue);
    }

    /** The followers that have a feed in the cache, spread over all of them. */
    List<Long> whoIsCached() {
        int step = Math.max(1, keys / cached);
        return LongStream.range(0, cached).map(i -> i * step).boxed().toList();
    }
}
