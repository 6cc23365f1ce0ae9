package io.cacheaside.aspect.plan;

import io.cacheaside.policy.InvalidationPolicy;

/** What {@code async = true} does not go with. */
final class BackgroundCheck {

    private BackgroundCheck() {}

    /** Adds what is wrong with {@code policy}, which is to be done in the background. */
    static void check(InvalidationPolicy policy, String where, Problems problems) {
        refuse(
                policy.strict(),
                "strict keeps old values out from before the commit on, and a removal in the background leaves them to readers"
                        + " until it is done: leave one of them out",
                where,
                problems);
        refuse(
                !policy.settle().isZero(),
                "settle is counted from the end of the write, and the removal that begins it comes some time later: leave one"
                        + " of them out",
                where,
                problems);
        refuse(
                policy.durable(),
                "what waits in the background is in the memory of this process, and durable (of the annotation or of the"
                        + " cache's configuration) asks that it survives it: set one of them to false",
                where,
                problems);
        refuse(
                policy.throwing(),
                "onUnconfirmed = THROW tells the writer what Redis did not acknowledge, and that is known only when the writer"
                        + " has gone on: leave one of them out",
                where,
                problems);
    }

    private static void refuse(boolean wrong, String why, String where, Problems problems) {
        if (wrong) {
            problems.add(where + " async", why);
        }
    }
}
