package io.cacheaside.key;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a placeholder begins to read: an argument, the result, an expression. */
@FunctionalInterface
interface Root {

    /** The value for one call. */
    @Nullable
    Object of(@Nullable Object[] args, @Nullable Object result);

    /** The argument at {@code position}. */
    static Root argument(int position) {
        return (args, result) -> args[position];
    }

    /** What the method returned; the content where that is an Optional. */
    static Root result() {
        return (args, result) -> result instanceof Optional<?> optional ? optional.orElse(null) : result;
    }
}
