package io.cacheaside.engine;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The writes that the calling thread has entered outside any transaction and not left yet. One that begins a transaction of
 * its own inside reads its own rows there.
 */
final class EnteredWrites {

    /** One write and the one that called it. */
    record Entered(
            Set<String> keys,
            List<KeyGroup> groups,
            @Nullable Entered caller) {}

    private final ThreadLocal<@Nullable Entered> innermost = new ThreadLocal<>();

    boolean isEmpty() {
        return innermost.get() == null;
    }

    /** True where {@code key} of {@code cache} is what one of them makes stale. */
    boolean holds(String cache, String key) {
        for (Entered write = innermost.get(); write != null; write = write.caller) {
            if (write.keys.contains(key) || KeyGroup.anyMayHold(write.groups, cache)) {
                return true;
            }
        }
        return false;
    }

    Entered enter(StaleSet stale) {
        Entered write = new Entered(
                stale.keys().stream().map(Stale::key).collect(Collectors.toSet()),
                stale.groups().stream().map(StaleGroup::group).toList(),
                innermost.get());
        innermost.set(write);
        return write;
    }

    /** Leaves {@code write} and whatever was entered inside it and never left. */
    void leave(Entered write) {
        if (write.caller == null) {
            innermost.remove();
        } else {
            innermost.set(write.caller);
        }
    }
}
