package io.cacheaside.verification.history.documents;

import io.cacheaside.policy.MarkPolicy;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Outbox;

/** What a proof puts between the engine and its ports; nothing unless it is told otherwise. */
public interface Probe {

    /** What the engine and the relay get for {@code store}. */
    default CacheStore store(CacheStore store) {
        return store;
    }

    /** What the engine gets for {@code outbox}. */
    default Outbox outbox(Outbox outbox) {
        return outbox;
    }

    /** Who is told what the engine does. */
    default CacheListener listener() {
        return CacheListener.none();
    }

    /** How marks live. */
    default MarkPolicy marks() {
        return MarkPolicy.DEFAULT;
    }
}
