package io.cacheaside.engine;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The writes that the calling thread has entered outside any transaction and not left yet. One that begins a transaction of
 * its own inside reads its own rows there.
 */
final class EnteredWrites {

    /** One write and the one that called it. */
    record Entered(Set<String> keys, @Nullable Entered caller) {}

    private final ThreadLocal<@Nullable Entered> innermost = new ThreadLocal<>();

    boolean isEmpty() {
        return innermost.get() == null;
    }

    boolean holds(String key) {
        for (Entered write = innermost.get(); write != null; write = write.caller) {
            if (write.keys.contains(key)) {
                return true;
            }
        }
        return false;
    }

    Entered enter(Collection<Stale> keys) {
        Entered write = new Entered(keys.stream().map(Stale::key).collect(Collectors.toSet()), innermost.get());
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
