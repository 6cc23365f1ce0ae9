package io.cacheaside.engine;

import io.cacheaside.error.UnconfirmedInvalidationException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of one write the store did not acknowledge, and why; it is kept for repetition. */
record Unconfirmed(
        List<Removing> removals,
        List<StaleGroup> groups,
        @Nullable Throwable failure) {

    static final Unconfirmed NOTHING = new Unconfirmed(List.of(), List.of(), null);

    /**
     * Tells the writer, last of all.
     *
     * @throws UnconfirmedInvalidationException where one of them asks for it
     */
    void throwIfAsked() {
        if (removals.stream().anyMatch(removing -> removing.stale().policy().throwing())
                || groups.stream().anyMatch(stale -> stale.policy().throwing())) {
            throw new UnconfirmedInvalidationException(
                    "The write has happened, but the store did not acknowledge the removal of "
                            + names() + " (" + failure
                            + "). It is repeated until it does; until then other JVMs may serve the old values",
                    failure);
        }
    }

    private List<String> names() {
        return Stream.concat(
                        removals.stream().map(Removing::key),
                        groups.stream().map(stale -> stale.group().toString()))
                .toList();
    }
}
