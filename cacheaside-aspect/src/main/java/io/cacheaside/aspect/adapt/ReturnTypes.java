package io.cacheaside.aspect.adapt;

import io.cacheaside.policy.StoredTypes;
import java.lang.reflect.Type;

/** Refuses results that cannot be cached. */
final class ReturnTypes {

    private ReturnTypes() {}

    /** Throws {@link IllegalArgumentException} with one sentence where values of {@code type} cannot be cached. */
    static void check(Type type) {
        if (type == void.class || type == Void.class) {
            throw new IllegalArgumentException(
                    "the method returns " + type.getTypeName() + ", so there is nothing to cache");
        }
        StoredTypes.check(type, "the return type", "return");
    }
}
