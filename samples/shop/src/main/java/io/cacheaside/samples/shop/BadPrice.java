package io.cacheaside.samples.shop;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Somebody asked for a price that no product can have. */
final class BadPrice extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadPrice(@Nullable BigDecimal price) {
        super(price + " is not a price: write 0 or more, with at most two decimals, below a million");
    }
}
