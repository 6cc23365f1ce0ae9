package io.cacheaside.redisson;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that counts only where the masters are the same before and after it. Where they have changed it begins again, whether
 * it failed or not, a few times; where they have not, its failure is that of the whole.
 *
 * @param what the work does, for people
 * @param layout asks for something that is equal as long as nothing has changed
 */
record Attempts(String what, Supplier<CompletableFuture<Object>> layout, Supplier<CompletableFuture<Void>> work) {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /** Masters that change more often are waited for with the pauses of the caller's own retry. */
    private static final int MOST = 3;

    /** Begins; completes after an attempt that counts. */
    CompletableFuture<Void> start() {
        return attempt(1);
    }

    private CompletableFuture<Void> attempt(int number) {
        return layout.get()
                .thenCompose(before -> work.get()
                        .handle((done, failure) -> judged(before, failure, number))
                        .thenCompose(Function.identity()));
    }

    private CompletableFuture<Void> judged(Object before, @Nullable Throwable failure, int number) {
        return layout.get().thenCompose(after -> {
            if (before.equals(after)) {
                return failure == null
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(failure);
            }
            if (number == MOST) {
                return CompletableFuture.failedFuture(
                        new IllegalStateException("The masters of Redis, or their slots, have changed during each of "
                                + MOST + " attempts at " + what));
            }
            LOG.info("The masters of Redis, or their slots, have changed: {} begins again", what);
            return attempt(number + 1);
        });
    }
}
