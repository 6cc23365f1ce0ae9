package io.cacheaside.codec;

import java.lang.reflect.Type;

/** A declared type with the most bytes that a payload of it may have. */
record Limited(Type type, int maxPayload) {

    /** What holds where nobody says otherwise. */
    static final int USUAL = 1 << 20;
}
