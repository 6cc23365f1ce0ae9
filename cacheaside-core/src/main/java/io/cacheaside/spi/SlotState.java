package io.cacheaside.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the value of one key. Null: nothing of that kind, or the store cannot tell.
 *
 * @param value how much longer the value stays
 * @param lease how much longer somebody has the lease of a load
 * @param mark how much longer a mark stands, of a strict write or of a source that settles
 */
public record SlotState(
        @Nullable Duration value,
        @Nullable Duration lease,
        @Nullable Duration mark) {

    /** Nothing is known. */
    public static final SlotState UNKNOWN = new SlotState(null, null, null);
}
