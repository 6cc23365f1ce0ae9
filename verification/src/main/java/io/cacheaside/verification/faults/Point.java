package io.cacheaside.verification.faults;

import java.util.Locale;

/** Where in its work a JVM is killed. */
enum Point {
    /** While a load is under way. */
    LOAD,
    /** When a row was changed and not committed. */
    COMMIT_BEFORE,
    /** Before the keys of a transaction are noted in the outbox. */
    OUTBOX_BEFORE,
    /** When they were noted, before the commit. */
    OUTBOX_AFTER,
    /** Before Redis has a request for a lease. */
    ACQUIRE_BEFORE,
    /** When a lease was given, before the JVM knows. */
    ACQUIRE_AFTER,
    /** Before Redis has a value. */
    FILL_BEFORE,
    /** When a value was stored. */
    FILL_AFTER,
    /** Before Redis has a strict write's mark. */
    MARK_BEFORE,
    /** When the mark was set, before the commit. */
    MARK_AFTER,
    /** Before Redis has the registration of a load under its tag. */
    TAG_BEFORE,
    /** When it was registered, before the JVM knows. */
    TAG_AFTER,
    /** In the removal of a tag, when its index was read. */
    ZSCAN_AFTER,
    /** In the removal of a whole cache, when a page of its leases or values was read. */
    SCAN_AFTER,
    /** After the commit, before Redis has the removal. */
    INVALIDATE_BEFORE,
    /** When the removal was executed, before the JVM knows. */
    INVALIDATE_AFTER;

    /** True where the way to Redis knows the point; else the JVM itself does. */
    boolean isOnTheWay() {
        return Request.SCRIPTS.contains(request()) || Request.SWEEPS.contains(request());
    }

    /** The request that it is before or after, as {@link Request#name} has it. */
    String request() {
        return name().split("_", -1)[0];
    }

    /** What happens to the request of that step, so that the JVM never hears of it. */
    Verdict verdict() {
        return name().endsWith("_AFTER") ? Verdict.MUTE : Verdict.SWALLOW;
    }

    /** As people read it. */
    String text() {
        String[] words = name().toLowerCase(Locale.ROOT).split("_", -1);
        return words.length == 1 ? "in-" + words[0] : words[1] + "-" + words[0];
    }
}
