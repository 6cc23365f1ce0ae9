package canary;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Calls a method on what may be null. */
@NullMarked
final class Canary {
    static int length(@Nullable String text) {
        return text.length();
    }
}
