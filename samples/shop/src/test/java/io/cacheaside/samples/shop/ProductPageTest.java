package io.cacheaside.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.samples.shop.CacheFigures.Origin;
import io.cacheaside.samples.shop.RunningShop.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What customers see while everything works. Each test has a product of its own. */
class ProductPageTest {

    private static RedisOfTheTest redis;
    private static RunningShop shop;

    @BeforeAll
    static void open() {
        redis = new RedisOfTheTest();
        shop = new RunningShop(redis.address());
    }

    @AfterAll
    static void close() {
        shop.close();
        redis.close();
    }

    @Test
    void firstRead_comesFromTheDatabase() {
        assertThat(shop.page(1).origin()).isEqualTo(Origin.DATABASE);
    }

    @Test
    void secondRead_comesFromTheCacheWithoutAStatement() {
        Answer first = shop.page(2);
        long before = shop.bean(StatementCount.class).sent();

        Answer second = shop.page(2);

        assertThat(second.origin()).isEqualTo(Origin.CACHE);
        assertThat(shop.bean(StatementCount.class).sent()).isEqualTo(before);
        assertThat(pageOf(second)).isEqualTo(pageOf(first));
    }

    @Test
    void priceChange_showsOnTheNextPage() {
        shop.page(3);

        int version = shop.changePrice(3, "12.34").number("version");

        Answer after = shop.page(3);
        assertThat(after.price()).isEqualByComparingTo("12.34");
        assertThat(after.number("version")).isEqualTo(version).isEqualTo(2);
    }

    @Test
    void unknownProduct_isNotFoundAndRemembered() {
        Answer first = shop.page(99_999);
        long before = shop.bean(StatementCount.class).sent();

        Answer second = shop.page(99_999);

        assertThat(first.status()).isEqualTo(404);
        assertThat(first.body()).contains("There is no product 99999");
        assertThat(second).isEqualTo(first);
        assertThat(shop.bean(StatementCount.class).sent()).isEqualTo(before);
    }

    @Test
    void unknownProductsPrice_cannotBeChanged() {
        assertThat(shop.changePrice(88_888, "1.00").status()).isEqualTo(404);
    }

    @Test
    void badPrice_isRefused() {
        assertThat(shop.changePrice(4, "-1").status()).isEqualTo(400);
        assertThat(shop.changePrice(4, "1.999").body()).contains("1.999 is not a price");
        assertThat(shop.changePrice(4, "null").status()).isEqualTo(400);
    }

    @Test
    void wordInPlaceOfAnId_isRefused() {
        assertThat(shop.page("lamp").status()).isEqualTo(400);
    }

    @Test
    void ratings_addUp() {
        Ratings ratings = shop.bean(Catalog.class).page(5).orElseThrow().ratings();

        assertThat(ratings.counts()).hasSize(5);
        assertThat(ratings.counts().stream().mapToInt(Integer::intValue).sum()).isEqualTo(ratings.count());
        assertThat(ratings.average()).isBetween(1.0, 5.0);
    }

    @Test
    void mostHelpfulReviews_areBestFirst() {
        assertThat(shop.bean(Catalog.class).page(6).orElseThrow().helpful())
                .hasSize(5)
                .isSortedAccordingTo((a, b) -> Integer.compare(b.helpful(), a.helpful()));
    }

    @Test
    void startPage_isServed() {
        assertThat(shop.start().body()).contains("A shop with @CacheAside pages");
    }

    private static String pageOf(Answer answer) {
        return answer.body().substring(0, answer.body().indexOf("\"origin\""));
    }
}
