package io.cacheaside.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.samples.shop.CacheFigures.Origin;
import org.junit.jupiter.api.Test;

/** Two instances on one Redis and one database. */
class TwoShopsTest {

    private static final String DATABASE = "spring.datasource.url=jdbc:h2:mem:two-shops";

    @Test
    void priceChangedInOne_showsInTheOther() {
        try (RedisOfTheTest redis = new RedisOfTheTest();
                RunningShop one = new RunningShop(redis.address(), DATABASE);
                RunningShop other = new RunningShop(redis.address(), DATABASE)) {
            one.page(1);
            assertThat(other.page(1).origin()).isEqualTo(Origin.CACHE);

            one.changePrice(1, "3.21");

            assertThat(other.page(1).price()).isEqualByComparingTo("3.21");
            assertThat(one.page(1).origin()).isEqualTo(Origin.CACHE);
        }
    }
}
