package io.cacheaside.samples.shop;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How large the shop is, where it has to fill an empty database, and how much it serves.
 *
 * @param requestsPerSecond of one API key, in all instances together
 */
@ConfigurationProperties("shop")
record ShopSettings(
        @DefaultValue("20000") int products,
        @DefaultValue("1000000") int reviews,
        @DefaultValue("100") int requestsPerSecond) {

    SampleData data() {
        return new SampleData(products, reviews);
    }
}
