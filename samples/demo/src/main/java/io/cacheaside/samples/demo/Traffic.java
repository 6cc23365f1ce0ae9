package io.cacheaside.samples.demo;

/** The products whose pages are asked for, one after the other. Thread-safe; each element is given out once. */
interface Traffic {

    /** What {@link #next} returns when there is nothing more. */
    int END = -1;

    /** The product of the next request, or {@link #END}. */
    int next();

    /** How many requests there are; {@code Long.MAX_VALUE} where they never end. */
    long size();
}
