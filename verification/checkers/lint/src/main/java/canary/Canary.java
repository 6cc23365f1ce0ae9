package canary;

import java.util.List;

/** Uses a raw type. */
final class Canary {
    static int size(List raw) {
        return raw.size();
    }
}
