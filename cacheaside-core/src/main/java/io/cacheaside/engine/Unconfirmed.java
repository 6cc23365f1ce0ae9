package io.cacheaside.engine;

import io.cacheaside.error.UnconfirmedInvalidationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The removals of one write that the store did not acknowledge, and why; they are kept for repetition. */
record Unconfirmed(List<Removing> removals, @Nullable Throwable failure) {

    static final Unconfirmed NOTHING = new Unconfirmed(List.of(), null);

    /**
     * Tells the writer, last of all.
     *
     * @throws UnconfirmedInvalidationException where one of the keys asks for it
     */
    void throwIfAsked() {
        if (removals.stream().anyMatch(removing -> removing.stale().policy().throwing())) {
            throw new UnconfirmedInvalidationException(
                    "The write has happened, but the store did not acknowledge the removal of "
                            + removals.stream().map(Removing::key).toList() + " (" + failure
                            + "). It is repeated until it does; until then other JVMs may serve the old values",
                    failure);
        }
    }
}
