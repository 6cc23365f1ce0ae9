package io.cacheaside.redisson;

import java.util.concurrent.TimeUnit;

/** Slots that have connected. */
final class Connected {

    private Connected() {}

    /** Waits until {@code slots} have connected, which takes a cold JVM longer than a command's deadline. */
    static RedissonSlots connected(RedissonSlots slots) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (slots.store()
                        .get("contract:ready")
                        .handle((value, failure) -> failure)
                        .join()
                != null) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Redis does not answer");
            }
        }
        return slots;
    }
}
