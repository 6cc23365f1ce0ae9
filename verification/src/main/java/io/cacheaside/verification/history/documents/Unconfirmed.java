package io.cacheaside.verification.history.documents;

/** A change that happened, but whose invalidation Redis did not acknowledge: it obliges no reader yet. */
public final class Unconfirmed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int version;

    Unconfirmed(int version) {
        super("no acknowledgement of the invalidation after version " + version, null, false, false);
        this.version = version;
    }

    /** The version that the change made. */
    public int version() {
        return version;
    }
}
