package io.cacheaside.aspect.shop;

/** A mutable argument. */
public final class Draft {

    private long id;

    /** A draft of product {@code id}. */
    public Draft(long id) {
        this.id = id;
    }

    public long getId() {
        return id;
    }

    public void setId(long id) {
        this.id = id;
    }
}
