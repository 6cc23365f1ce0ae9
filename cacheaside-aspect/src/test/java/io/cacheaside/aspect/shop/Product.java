package io.cacheaside.aspect.shop;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A thing on sale. */
public record Product(long id, String name, int price) implements Serializable {

    /** A minute for each coin; nothing said where it costs 200. */
    public @Nullable Duration validFor() {
        return price == 200 ? null : Duration.ofMinutes(price);
    }

    /** True where it has no price yet and must not be shown twice. */
    public boolean draft() {
        return price == -1;
    }
}
