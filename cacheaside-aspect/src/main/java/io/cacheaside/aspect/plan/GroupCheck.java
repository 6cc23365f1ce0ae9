package io.cacheaside.aspect.plan;

import io.cacheaside.policy.InvalidationPolicy;

/** What a removal of keys that are not known by name does not go with. */
enum GroupCheck {
    TAGS("tags", "a tag", "write an @Invalidate of its own for the keys"),
    WHOLE_CACHE("all = true", "a whole cache", "name the keys");

    private final String with;
    private final String group;
    private final String instead;

    GroupCheck(String with, String group, String instead) {
        this.with = with;
        this.group = group;
        this.instead = instead;
    }

    /** Adds what is wrong with {@code policy}, as the annotation declares it; true where nothing is. */
    boolean holds(InvalidationPolicy policy, String where, Problems problems) {
        boolean settles = !policy.settle().isZero();
        if (policy.strict()) {
            refuse(
                    "strict",
                    "keys are marked before the commit, and those of " + group + " are not known then",
                    "set strict = false",
                    where,
                    problems);
        }
        if (settles) {
            refuse(
                    "settle",
                    "the mark that nothing is stored under stands on single keys, and those of " + group
                            + " are not known",
                    "leave settle out",
                    where,
                    problems);
        }
        if (policy.durable()) {
            refuse("durable", "the outbox takes keys that are known by name", "set durable = false", where, problems);
        }
        if (policy.async()) {
            refuse(
                    "async",
                    "the queue of the background takes keys that are known by name",
                    "set async = false",
                    where,
                    problems);
        }
        return !policy.strict() && !settles && !policy.durable() && !policy.async();
    }

    private void refuse(String attribute, String why, String without, String where, Problems problems) {
        problems.add(where + " " + attribute, "with " + with + ": " + why + ": " + instead + ", or " + without);
    }
}
