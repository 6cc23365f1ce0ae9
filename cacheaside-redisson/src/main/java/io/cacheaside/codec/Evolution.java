package io.cacheaside.codec;

/** What becomes of stored values when a class changes. The two never read each other's entries. */
public enum Evolution {

    /** A value is read only by the very classes that it was written with. */
    STRICT,

    /**
     * A value is also read where a class has gained fields, which are then null, zero, false or what a constructor without
     * parameters sets, or has lost some. Any other change is a miss: {@code docs/codec.md} lists what counts.
     */
    TOLERANT
}
