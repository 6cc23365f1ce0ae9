package io.cacheaside.verification.history.documents;

import java.util.Map;

/** A change that happened, but whose invalidation Redis did not acknowledge: it obliges no reader yet. */
public final class Unconfirmed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Map<Integer, Integer> versions;

    Unconfirmed(Map<Integer, Integer> versions) {
        super("no acknowledgement of the invalidation after versions " + versions, null, false, false);
        this.versions = versions;
    }

    /** The versions that the change made, by id. */
    public Map<Integer, Integer> versions() {
        return versions;
    }
}
