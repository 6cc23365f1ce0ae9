package io.cacheaside.benchmarks;

import java.math.BigDecimal;
import java.util.List;

/** A value of the size that product pages have. */
record Product(long id, String name, String description, BigDecimal price, List<String> labels) {

    static Product of(long id) {
        return new Product(
                id,
                "Product " + id,
                "A sturdy thing of many uses, number " + id + ", in the colour that was left over.",
                BigDecimal.valueOf(999 + id, 2),
                List.of("new", "sturdy", "in stock"));
    }
}
